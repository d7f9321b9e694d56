import type { CaseMember, CodeEntry } from '../../api/cases'
import type { ConsentDesk } from '../../api/consent'
import { useCodes } from '../../app/useCodes'
import { Check } from '../../parts/Check'
import { CheckList } from '../../parts/CheckList'
import { DateField } from '../../parts/DateField'
import type { Option } from '../../parts/Option'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { ConsentDraft } from './ConsentDraft'
import { ScopeTable } from './ScopeTable'

interface Props {
  draft: ConsentDraft
  set: (part: Partial<ConsentDraft>) => void
  desk: ConsentDesk
  members: readonly CaseMember[]
  error: (field: string) => string | undefined
}

/** To whom, what, for what and from when until when. */
export function GrantFields({ draft: d, set, desk, members, error }: Props) {
  const w = words.consent
  const forms = useCodes('record_form')
  return (
    <section className="card stack">
      <CheckList
        label={w.purposes}
        error={error('purposes')}
        required
        options={desk.purposes.map(option)}
        value={d.purposes}
        onValue={purposes => set({ purposes })}
        testid="purpose"
      />
      <TextField
        label={w.purposeNote}
        value={d.purposeNote}
        onValue={purposeNote => set({ purposeNote })}
        error={error('purposeNote')}
        data-testid="purpose-note"
      />
      <ScopeTable
        agencies={members.filter(m => !m.until)}
        items={desk.items}
        value={d.scope}
        onValue={scope => set({ scope })}
        error={error('scope')}
      />
      <div className="stack-s">
        <Check
          label={w.othersAsk}
          checked={d.othersOn}
          onValue={othersOn => set({ othersOn })}
          data-testid="others-on"
        />
        {d.othersOn ? (
          <CheckList
            label={w.othersItems}
            hint={w.othersHint}
            error={error('others')}
            required
            options={desk.items.map(option)}
            value={d.others}
            onValue={others => set({ others })}
            testid="others"
          />
        ) : null}
      </div>
      <CheckList
        label={w.sources}
        hint={w.sourcesHint}
        error={error('sources')}
        options={members.map(m => ({ value: m.agencyId, label: m.name }))}
        value={d.sources}
        onValue={sources => set({ sources })}
        testid="source"
      />
      <CheckList
        label={w.forms}
        error={error('forms')}
        options={forms.map(option)}
        value={d.forms}
        onValue={list => set({ forms: list })}
        testid="form"
      />
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
  )
}

function option(c: CodeEntry): Option {
  return { value: c.code, label: c.label }
}
