import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { jstInstant } from '../../dates/jstInstant'
import { jstParts } from '../../dates/jstParts'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  onClose: () => void
}

const SHOWN = ['name', 'kana', 'agencyId', 'from', 'reason']

/** Writes down a person who takes part without any account: a 民生委員 in the room, a family member. */
export function AttendanceDialog({ room, act, onClose }: Props) {
  const [p, setPerson] = useState(() => ({
    name: '',
    kana: '',
    post: '',
    agencyId: '',
    form: 'room',
    from: jstParts(Date.now()).time,
    reason: '',
  }))
  const { submit, busy, at, rest } = useSubmit()
  const w = words.meeting
  const set = (part: Partial<typeof p>) => setPerson(s => ({ ...s, ...part }))
  const day = jstParts(room.meeting.openedAt ?? Date.now()).date
  const send = () =>
    void submit(() =>
      act('attendance', {
        key: '',
        ...p,
        from: jstInstant(day, p.from),
        to: null,
        absent: false,
        proxy: '',
      }),
    ).then(ok => {
      if (ok) onClose()
    })
  const error = rest(...SHOWN)
  return (
    <Dialog
      title={w.addPerson}
      onClose={onClose}
      data-testid="attendance-dialog"
      foot={
        <Button
          kind="solid"
          busy={busy}
          why={p.name.trim() && p.agencyId && p.reason.trim() ? undefined : words.form.needed(w.guestName)}
          onClick={send}
          data-testid="attendance-save"
        >
          {words.form.add}
        </Button>
      }
    >
      <div className="stack">
        <p className="soft">{w.addPersonHint}</p>
        {error ? <Banner tone="bad" title={error} /> : null}
        <div className="form-grid">
          <TextField
            label={w.guestName}
            value={p.name}
            onValue={name => set({ name })}
            error={at('name')}
            required
            data-testid="attendance-name"
          />
          <TextField
            label={w.guestKana}
            value={p.kana}
            onValue={kana => set({ kana })}
            error={at('kana')}
            data-testid="attendance-kana"
          />
          <TextField label={w.guestPost} value={p.post} onValue={post => set({ post })} />
          <SelectField
            label={w.agency}
            value={p.agencyId}
            options={[
              { value: '', label: words.form.choose },
              ...room.seats.map(s => ({ value: s.agencyId, label: s.name })),
            ]}
            onValue={agencyId => set({ agencyId })}
            error={at('agencyId')}
            required
            data-testid="attendance-agency"
          />
          <TextField label={w.clock} type="time" value={p.from} onValue={from => set({ from })} error={at('from')} />
          <TextField
            label={w.attendanceReason}
            value={p.reason}
            onValue={reason => set({ reason })}
            error={at('reason')}
            required
            data-testid="attendance-reason"
          />
        </div>
      </div>
    </Dialog>
  )
}
