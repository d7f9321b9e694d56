import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { PageState } from '../../app/PageState'
import { showFirstError } from '../../app/showFirstError'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { type ConsentDraft, newDraft } from './ConsentDraft'
import { consentBody } from './consentBody'
import { GrantFields } from './GrantFields'
import { MethodFields } from './MethodFields'

interface Props {
  id: string
  person: string
}

const SHOWN = [
  'purposes',
  'scope',
  'signature',
  'explainedBy',
  'explainedAt',
  'methodNote',
  'grantorName',
  'grantorNote',
  'from',
  'until',
  'evidenceFile',
  'grantorDoc',
  'purposeNote',
  'others',
  'sources',
  'forms',
  'copyGivenAt',
]

/** Records one person's consent (or that it was not given). */
export function ConsentFormPage({ id, person }: Props) {
  const desk = useLoad<ConsentDesk>(`/cases/${id}/consents`)
  const page = useLoad<CasePage>(`/cases/${id}`)
  const actor = useActor()
  const [d, setDraft] = useState<ConsentDraft>(() => newDraft(actor.name, Date.now()))
  const [missing, setMissing] = useState<Record<string, string>>({})
  const { submit, busy, at, rest } = useSubmit()
  const [, go] = useLocation()
  const w = words.consent
  if (!desk.data || !page.data)
    return <PageState error={desk.error ?? page.error} reload={desk.data ? page.reload : desk.reload} />
  const set = (part: Partial<ConsentDraft>) => setDraft(x => ({ ...x, ...part }))
  const given = d.state === 'granted' || d.state === 'partial'
  const error = (field: string) => missing[field] ?? at(field)

  const send = (e: FormEvent) => {
    e.preventDefault()
    const found: Record<string, string> = {}
    const others = d.othersOn && d.others.length > 0
    if (given && d.othersOn && !others) found.others = words.form.chosen(w.othersItems)
    if (given && !others && !Object.values(d.scope).some(l => l.length)) found.scope = words.form.chosen(w.scope)
    if (given && !d.purposes.length) found.purposes = words.form.chosen(w.purposes)
    if (given && d.method === 'signature' && !d.signature.length) found.signature = w.signNeeded
    if (!d.explainedBy.trim()) found.explainedBy = words.form.needed(w.explained)
    setMissing(found)
    if (Object.keys(found).length) return showFirstError()
    void submit(async () => {
      await api.post<ConsentRecord>(`/cases/${id}/consents`, consentBody(person, d, desk.data?.formHash))
      go(`/cases/${id}/consents`)
    })
  }
  const other = rest(...SHOWN)
  return (
    <form className="page stack" onSubmit={send} noValidate>
      <p className="crumbs">
        <Link href={`/cases/${id}/consents`}>{w.desk}</Link>
      </p>
      <h1>{w.recordOf(personLabel(page.data.persons, person))}</h1>
      {other ? <Banner tone="bad" title={other} data-testid="consent-error" /> : null}
      <details className="card disclosure" open>
        <summary>
          {w.formText}（{desk.data.formVersion}）
        </summary>
        <div className="form-text">{desk.data.formText}</div>
      </details>
      <section className="card stack">
        <Group label={w.state}>
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
        <div className="form-grid">
          <TextField
            label={w.explained}
            value={d.explainedBy}
            onValue={explainedBy => set({ explainedBy })}
            error={error('explainedBy')}
            required
            data-testid="explained-by"
          />
          <DateField
            label={w.explainedAt}
            value={d.explainedDate}
            onValue={explainedDate => set({ explainedDate })}
            error={error('explainedAt')}
            required
          />
          <TextField
            label={w.explainedTime}
            type="time"
            value={d.explainedTime}
            onValue={explainedTime => set({ explainedTime })}
          />
          <TextField
            label={w.explainHow}
            hint={w.explainHowHint}
            value={d.explainHow}
            onValue={explainHow => set({ explainHow })}
          />
        </div>
      </section>
      {given ? <GrantFields draft={d} set={set} desk={desk.data} members={page.data.members} error={error} /> : null}
      {given || d.state === 'refused' ? <MethodFields caseId={id} draft={d} set={set} error={error} /> : null}
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="consent-save">
          {w.record}
        </Button>
      </div>
    </form>
  )
}
