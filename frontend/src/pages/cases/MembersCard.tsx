import { useState } from 'react'
import { api } from '../../api/api'
import type { CaseMember } from '../../api/cases'
import type { Agency } from '../../api/session'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { MemberRemoveDialog } from './MemberRemoveDialog'

interface Props {
  caseId: string
  members: readonly CaseMember[]
  mayEdit: boolean
  onChanged: () => Promise<void>
}

/** 関わる機関 of the case. */
export function MembersCard({ caseId, members, mayEdit, onChanged }: Props) {
  const [open, setOpen] = useState(false)
  const [agencyId, setAgencyId] = useState('')
  const [note, setNote] = useState('')
  const [leaving, setLeaving] = useState<CaseMember | null>(null)
  const known = useLoad<{ agencies: Agency[] }>(mayEdit ? '/agencies' : null)
  const { submit, busy, error } = useSubmit()
  const w = words.cases
  const free = (known.data?.agencies ?? []).filter(a => a.active && !members.some(m => m.agencyId === a.id && !m.until))
  const add = () =>
    void submit(async () => {
      await api.post(`/cases/${caseId}/members`, { agencyId, note })
      setOpen(false)
      setAgencyId('')
      setNote('')
      await onChanged()
    })
  return (
    <section className="card stack-s" aria-labelledby="members-title">
      <div className="between">
        <h2 id="members-title">{w.members}</h2>
        {mayEdit ? (
          <Button onClick={() => setOpen(o => !o)} aria-expanded={open} data-testid="add-member">
            {w.addMember}
          </Button>
        ) : null}
      </div>
      {open ? (
        <div className="stack-s">
          <SelectField
            label={words.admin.agency}
            value={agencyId}
            options={[{ value: '', label: words.form.choose }, ...free.map(a => ({ value: a.id, label: a.name }))]}
            onValue={setAgencyId}
            error={error?.message}
            data-testid="member-agency"
          />
          <TextField label={w.memberNote} value={note} onValue={setNote} />
          <div className="row row-end">
            <Button
              kind="solid"
              busy={busy}
              onClick={add}
              why={agencyId ? undefined : words.form.chosen(words.admin.agency)}
              data-testid="member-save"
            >
              {words.form.add}
            </Button>
          </div>
        </div>
      ) : null}
      <ul className="list">
        {members.map(m => (
          <li key={m.agencyId} className="between">
            <span>
              <strong>{m.name}</strong> <span className="soft">{m.note}</span>
            </span>
            <span className="row">
              <span className="soft">{w.memberSince(showInstant(m.since, 'short').split(' ')[0] ?? '')}</span>
              {mayEdit && !m.until ? (
                <Button
                  small
                  kind="text"
                  aria-label={w.memberRemoveOf(m.name)}
                  onClick={() => setLeaving(m)}
                  data-testid={`member-remove-${m.agencyId}`}
                >
                  {words.form.remove}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {leaving ? (
        <MemberRemoveDialog caseId={caseId} member={leaving} onClose={() => setLeaving(null)} onDone={onChanged} />
      ) : null}
    </section>
  )
}
