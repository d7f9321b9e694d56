import { useState } from 'react'
import { api } from '../../api/api'
import type { CasePage, CaseSummary } from '../../api/cases'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { CaseSelect } from '../cases/CaseSelect'

interface Props {
  placeId: string
  /** A resident without a name is recorded by who keeps the place. */
  residents: boolean
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Records that somebody was brought here: a person of a case one may see, or a resident whose name is not kept. */
export function LinkDialog({ placeId, residents, onClose, onSaved }: Props) {
  const [named, setNamed] = useState(!residents)
  const [caseId, setCase] = useState('')
  const [personId, setPerson] = useState('')
  const [role, setRole] = useState('participant')
  const [since, setSince] = useState(today())
  const { data: cases } = useLoad<{ cases: CaseSummary[]; next: string }>(named ? '/cases' : null)
  const { data: household, error: refused } = useLoad<CasePage>(named && caseId ? `/cases/${caseId}` : null)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.places
  const choose = { value: '', label: words.form.choose }
  const people = (household?.persons ?? []).filter(p => !p.hidden && p.name)
  const save = () =>
    void submit(async () => {
      await api.post(`/places/${placeId}/links`, {
        caseId: named ? caseId : '',
        personId: named ? personId : '',
        role,
        since,
      })
      await onSaved()
    })
  // Without a case it would be a resident: nobody is to become one by a choice that was left open.
  const why = named && !caseId ? words.form.chosen(w.caseOf) : undefined
  const error = rest('caseId', 'personId', 'role', 'since')
  return (
    <Dialog
      title={w.addLink}
      onClose={onClose}
      data-testid="link-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} why={why} onClick={save} data-testid="link-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        {residents ? (
          <Group label={w.who}>
            <Check
              kind="radio"
              name="who"
              label={w.resident}
              checked={!named}
              onValue={() => setNamed(false)}
              data-testid="link-resident"
            />
            <Check
              kind="radio"
              name="who"
              label={w.personOfCase}
              checked={named}
              onValue={() => setNamed(true)}
              data-testid="link-named"
            />
          </Group>
        ) : null}
        {named ? (
          <div className="form-grid">
            <CaseSelect
              label={w.caseOf}
              value={caseId}
              first={cases?.cases ?? []}
              more={(cases?.next ?? '') !== ''}
              onValue={v => {
                setCase(v)
                setPerson('')
              }}
              error={at('caseId') ?? refused?.message}
              data-testid="link-case"
            />
            <SelectField
              label={w.person}
              value={personId}
              options={[choose, ...people.map(p => ({ value: p.id, label: `${p.name}（${p.relation}）` }))]}
              onValue={setPerson}
              error={at('personId')}
              hint={household && !people.length ? w.noPerson : undefined}
              required
              data-testid="link-person"
            />
          </div>
        ) : null}
        <div className="form-grid">
          <SelectField
            label={w.role}
            value={role}
            options={Object.entries(w.roles).map(([value, label]) => ({ value, label }))}
            onValue={setRole}
            error={at('role')}
            data-testid="link-role"
          />
          <DateField
            label={w.since}
            value={since}
            onValue={setSince}
            error={at('since')}
            required
            data-testid="link-since"
          />
        </div>
      </div>
    </Dialog>
  )
}
