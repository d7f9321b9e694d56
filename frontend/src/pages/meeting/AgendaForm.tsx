import { useState } from 'react'
import type { AgendaItem } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  /** The 議題 that is changed; a new one otherwise. */
  old?: AgendaItem
  onSave: (item: object) => Promise<void>
}

/** A 議題 with its purpose: 共有か判断か方針決定か. */
export function AgendaForm({ old, onSave }: Props) {
  const [item, setItem] = useState(
    old
      ? { title: old.title, purpose: old.purpose, kind: old.kind ?? '', point: old.point, item: old.item }
      : { title: '', purpose: 'share', kind: '', point: '', item: 'basic' },
  )
  const fixed = old ? { id: old.id, person: old.person, minutes: old.minutes } : { id: '', person: '', minutes: 0 }
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  const set = (part: Partial<typeof item>) => setItem(s => ({ ...s, ...part }))
  return (
    <div className="form-grid">
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <TextField
        label={w.agendaTitle}
        value={item.title}
        onValue={title => set({ title })}
        required
        data-testid="agenda-new-title"
      />
      <SelectField
        label={w.agendaPurpose}
        value={item.purpose}
        options={w.purposes}
        onValue={purpose => set({ purpose })}
        data-testid="agenda-new-purpose"
      />
      <SelectField label={w.agendaKind} value={item.kind} options={w.agendaKinds} onValue={kind => set({ kind })} />
      <TextField
        label={w.agendaPoint}
        value={item.point}
        onValue={point => set({ point })}
        required
        data-testid="agenda-new-point"
      />
      <SelectField
        label={w.agendaItem}
        value={item.item}
        options={words.plan.items.map(([value, label]) => ({ value, label }))}
        onValue={v => set({ item: v })}
      />
      <Button
        kind="solid"
        busy={busy}
        why={
          !item.title.trim()
            ? words.form.needed(w.agendaTitle)
            : !item.point.trim()
              ? words.form.needed(w.agendaPoint)
              : undefined
        }
        onClick={() => void submit(() => onSave({ ...fixed, state: '', note: '', ...item }))}
        data-testid="agenda-save"
      >
        {old ? words.form.save : words.form.add}
      </Button>
    </div>
  )
}
