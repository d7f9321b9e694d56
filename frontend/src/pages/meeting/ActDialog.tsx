import { useState } from 'react'
import type { Act, Room } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { dayAfter } from '../../dates/dayAfter'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { ActField } from './ActForm'

interface Props {
  act: Act
  fields: readonly ActField[]
  room: Room
  /** What stands in the fields at first. */
  initial?: Record<string, string>
  onDo: (params: Record<string, string>) => Promise<void>
  onClose: () => void
}

/** Asks what an act needs to know, or only whether it shall be done. */
export function ActDialog({ act, fields, room, initial, onDo, onClose }: Props) {
  const [values, setValues] = useState<Record<string, string>>(
    (): Record<string, string> =>
      initial ?? (act.act === 'propose' ? { until: dayAfter(today(), room.minutes?.days ?? 7) } : {}),
  )
  const { submit, busy, at, rest } = useSubmit()
  const set = (name: string) => (v: string) => setValues(s => ({ ...s, [name]: v }))
  const missing = fields.find(f => f.required && !values[f.name]?.trim())
  const send = () =>
    void submit(() => onDo(Object.fromEntries(fields.map(f => [f.name, values[f.name] ?? ''])))).then(ok => {
      if (ok) onClose()
    })
  const error = rest(...fields.map(f => f.name))
  const w = words.meeting
  const note =
    act.act === 'close'
      ? w.confirmCloseText
      : act.act === 'reopen'
        ? w.reopenText
        : act.act === 'cancel'
          ? words.prepare.cancelText
          : ''
  return (
    <Dialog
      title={act.label}
      onClose={onClose}
      data-testid={`dialog-${act.act}`}
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button
            kind="solid"
            busy={busy}
            why={missing ? words.form.needed(missing.label) : undefined}
            onClick={send}
            data-testid={`do-${act.act}`}
          >
            {act.label}
          </Button>
        </>
      }
    >
      <div className="stack">
        {note ? <p>{note}</p> : null}
        {error ? <Banner tone="bad" title={error} /> : null}
        {fields.map(f => {
          const common = {
            label: f.label,
            value: values[f.name] ?? '',
            onValue: set(f.name),
            error: at(f.name),
            required: f.required ?? false,
            'data-testid': `param-${f.name}`,
          }
          if (f.kind === 'memo') return <TextArea key={f.name} {...common} />
          if (f.kind === 'date') return <DateField key={f.name} {...common} />
          if (f.kind === 'choice' || f.kind === 'agency') {
            const list =
              f.kind === 'agency'
                ? room.seats
                    .filter(s => act.act !== 'designate' || (!s.member && !s.designated))
                    .map(s => ({ value: s.agencyId, label: s.name }))
                : f.name === 'outcome'
                  ? room.outcomes.map(o => ({ value: o.code, label: o.label }))
                  : (f.options ?? [])
            return <SelectField key={f.name} {...common} options={[{ value: '', label: words.form.choose }, ...list]} />
          }
          return <TextField key={f.name} {...common} />
        })}
      </div>
    </Dialog>
  )
}
