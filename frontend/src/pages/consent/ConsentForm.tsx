import type { ApiError } from '../../api/ApiError'
import type { CaseMember } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { words } from '../../words'
import type { ConsentDraft } from './ConsentDraft'
import { isAsked, isGiven } from './consentBody'
import { ExplainFields } from './ExplainFields'
import { GrantFields } from './GrantFields'
import { GrantorFields } from './GrantorFields'
import { MethodFields } from './MethodFields'
import { ScopeSummary } from './ScopeSummary'
import { shownFields } from './shownFields'

interface Props {
  caseId: string
  desk: ConsentDesk
  members: readonly CaseMember[]
  /** The record that is renewed. */
  old?: ConsentRecord | undefined
  draft: ConsentDraft
  set: (part: Partial<ConsentDraft>) => void
  /** What is still to be filled in, by field. */
  missing: Readonly<Record<string, string>>
  /** What the server refused. */
  failed: ApiError | null
  busy: boolean
}

/** The fields of a consent. Only those of the chosen method are shown; what was typed for another stays. */
export function ConsentForm({ caseId, desk, members, old, draft: d, set, missing, failed, busy }: Props) {
  const w = words.consent
  const error = (field: string) => missing[field] ?? (failed?.field === field ? failed.message : undefined)
  const part = { draft: d, set, error }
  const given = isGiven(d)
  const other = failed && !shownFields(d, Boolean(old)).includes(failed.field) ? failed.message : ''
  return (
    <>
      {other ? <Banner tone="bad" title={other} data-testid="consent-error" /> : null}
      <details className="card disclosure" open>
        <summary>
          {w.formText}（{desk.formVersion}）
        </summary>
        <div className="form-text">{desk.formText}</div>
      </details>
      <section className="card stack">
        {old ? null : (
          <Group label={w.state} error={error('state')}>
            {w.states.map(s => (
              <Check
                key={s.value}
                kind="radio"
                name="state"
                label={s.label}
                checked={d.state === s.value}
                onValue={() => set({ state: s.value })}
                data-testid={`state-${s.value}`}
              />
            ))}
          </Group>
        )}
        <ExplainFields {...part} desk={desk} />
      </section>
      {old ? (
        <section className="card stack">
          <ScopeSummary record={old} desk={desk} members={members} />
          <div className="form-grid">
            <DateField label={w.from} value={d.from} onValue={from => set({ from })} error={error('from')} required />
            <DateField
              label={w.until}
              hint={w.untilHint}
              value={d.until}
              onValue={until => set({ until })}
              error={error('until')}
              required
            />
          </div>
        </section>
      ) : null}
      {given && !old ? <GrantFields {...part} desk={desk} members={members} /> : null}
      {isAsked(d) ? (
        <section className="card stack">
          {old ? null : <GrantorFields {...part} />}
          <MethodFields caseId={caseId} {...part} />
        </section>
      ) : null}
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="consent-save">
          {old ? w.renew : w.record}
        </Button>
      </div>
    </>
  )
}
