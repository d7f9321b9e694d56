import { useState } from 'react'
import { api } from '../../api/api'
import type { OutreachVisit } from '../../api/outreach'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { randomName } from '../../sync/drafts/tab'
import { words } from '../../words'

interface Props {
  caseId: string
  /** Changes this one; otherwise a new one is planned. */
  visit?: OutreachVisit | null
  people: { id: string; label: string }[]
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Plans a visit, or puts it on another day. */
export function VisitForm({ caseId, visit, people, onClose, onSaved }: Props) {
  const [id] = useState(randomName)
  const [v, setV] = useState({
    personId: visit?.personId ?? people[0]?.id ?? '',
    day: visit?.day ?? '',
    clock: visit?.clock ?? '',
    mine: visit ? visit.worker !== '' : true,
  })
  const { submit, busy, at, rest } = useSubmit()
  const w = words.outreach
  const set = (part: Partial<typeof v>) => setV(x => ({ ...x, ...part }))
  const save = () =>
    void submit(async () => {
      const { personId, ...when } = v
      if (visit) await api.put(`/outreach/visits/${visit.id}`, { ...when, drop: false, version: visit.version })
      else await api.post(`/cases/${caseId}/outreach/visits`, { id, personId, ...when })
      await onSaved()
      onClose()
    })
  const failed = rest('day', 'clock', 'personId')
  return (
    <Dialog
      title={visit ? w.change : w.plan}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="visit-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="visit-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack-s">
        {failed ? <Banner tone="bad" title={failed} /> : null}
        {visit ? null : (
          <SelectField
            label={w.who}
            value={v.personId}
            options={people.map(p => ({ value: p.id, label: p.label }))}
            onValue={personId => set({ personId })}
            error={at('personId')}
          />
        )}
        <DateField
          label={w.day}
          value={v.day}
          onValue={day => set({ day })}
          error={at('day')}
          required
          data-testid="visit-day"
        />
        <TextField
          label={w.nextClock}
          type="time"
          value={v.clock}
          onValue={clock => set({ clock })}
          error={at('clock')}
        />
        <Check label={w.mine} checked={v.mine} onValue={mine => set({ mine })} />
        <p className="soft">{w.mineHint}</p>
      </div>
    </Dialog>
  )
}
