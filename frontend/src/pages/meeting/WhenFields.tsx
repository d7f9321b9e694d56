import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { MeetingDraft } from './MeetingDraft'

interface Props {
  draft: MeetingDraft
  set: (part: Partial<MeetingDraft>) => void
  /** The end follows from the cases. */
  noEnd?: boolean
}

/** Day, times, place and form of a meeting. */
export function WhenFields({ draft: d, set, noEnd }: Props) {
  const w = words.meeting
  return (
    <div className="form-grid">
      <DateField
        label={w.plannedDate}
        value={d.date}
        onValue={date => set({ date })}
        required
        data-testid="meeting-date"
      />
      <TextField
        label={w.plannedStart}
        type="time"
        value={d.start}
        onValue={start => set({ start })}
        required
        data-testid="meeting-start"
      />
      {noEnd ? null : (
        <TextField
          label={w.plannedEnd}
          type="time"
          value={d.end}
          onValue={end => set({ end })}
          required
          data-testid="meeting-end"
        />
      )}
      <TextField label={w.place} value={d.place} onValue={place => set({ place })} data-testid="meeting-place" />
      <SelectField
        label={w.form}
        value={d.form}
        options={w.forms}
        onValue={form => set({ form })}
        data-testid="meeting-form"
      />
    </div>
  )
}
