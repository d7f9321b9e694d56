import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { AttendanceDraft } from './AttendanceDraft'

interface Props {
  draft: AttendanceDraft
  set: (part: Partial<AttendanceDraft>) => void
  at: (field: string) => string | undefined
  correcting: boolean
}

/** How and from when until when somebody took part, for whom, and why this is written by hand. */
export function AttendanceTimes({ draft: d, set, at, correcting }: Props) {
  const w = words.meeting
  return (
    <>
      {d.absent ? null : (
        <>
          <SelectField
            label={w.attendForm}
            value={d.form}
            options={[
              { value: 'room', label: w.formRoom },
              { value: 'remote', label: w.formRemote },
              { value: 'written', label: w.formWritten },
            ]}
            onValue={form => set({ form })}
            error={at('form')}
            data-testid="attendance-form"
          />
          {d.form === 'written' ? null : (
            <TextField
              label={correcting ? w.clockFrom : w.clock}
              type="time"
              value={d.from}
              onValue={from => set({ from })}
              error={at('from')}
              data-testid="attendance-from"
            />
          )}
          {correcting && d.form !== 'written' ? (
            <TextField
              label={w.clockTo}
              type="time"
              value={d.to}
              onValue={to => set({ to })}
              error={at('to')}
              data-testid="attendance-to"
            />
          ) : null}
        </>
      )}
      <TextField
        label={w.proxy}
        value={d.proxy}
        onValue={proxy => set({ proxy })}
        error={at('proxy')}
        data-testid="attendance-proxy"
      />
      <TextField
        label={w.attendanceReason}
        value={d.reason}
        onValue={reason => set({ reason })}
        error={at('reason')}
        required
        data-testid="attendance-reason"
      />
    </>
  )
}
