import { useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { readCount } from './readNumbers'

interface Props {
  placeId: string
  onClose: () => void
  onSaved: () => Promise<void>
}

const KEYS = ['children', 'young', 'working', 'elder'] as const

/** Records an activity day: four counts. What is left empty is 0. */
export function DayDialog({ placeId, onClose, onSaved }: Props) {
  const [day, setDay] = useState(today())
  const [note, setNote] = useState('')
  const [counts, setCounts] = useState({ children: '', young: '', working: '', elder: '' })
  const { submit, busy, at, rest } = useSubmit()
  const w = words.places
  const save = () =>
    void submit(async () => {
      const body: Record<string, string | number> = { day, note }
      for (const k of KEYS) {
        const n = readCount(counts[k])
        if (n === undefined) throw new ApiError('invalid', words.form.noNumber, k)
        body[k] = n ?? 0
      }
      await api.post(`/places/${placeId}/days`, body)
      await onSaved()
    })
  const error = rest('day', 'note', ...KEYS)
  return (
    <Dialog
      title={w.addDay}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="day-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="day-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <DateField label={w.day} value={day} onValue={setDay} error={at('day')} required data-testid="day-day" />
        <fieldset className="field">
          <legend className="field-label">{w.people}</legend>
          <div className="place-counts">
            {KEYS.map(k => (
              <TextField
                key={k}
                label={w.generations[k]}
                value={counts[k]}
                onValue={v => setCounts(c => ({ ...c, [k]: v }))}
                error={at(k)}
                inputMode="numeric"
                autoComplete="off"
                data-testid={`day-${k}`}
              />
            ))}
          </div>
        </fieldset>
        <TextField
          label={w.memo}
          hint={w.memoHint}
          value={note}
          onValue={setNote}
          error={at('note')}
          data-testid="day-note"
        />
      </div>
    </Dialog>
  )
}
