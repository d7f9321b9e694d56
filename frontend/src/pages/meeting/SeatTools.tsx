import { useState } from 'react'
import type { Seat } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import { OralAnswerDialog } from './OralAnswerDialog'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  seat: Seat
}

/** What the desk does with one seat: absence, designation, an answer given by word. */
export function SeatTools({ room, act, seat }: Props) {
  const [open, setOpen] = useState(false)
  const [oral, setOral] = useState(false)
  const [reason, setReason] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  const excuse = findAct(room, 'seat_excuse')
  const spoken = findAct(room, 'answer_oral')
  const people = room.attendance.filter(p => p.agencyId === seat.agencyId && !p.absent && p.spans.length)
  const bySpeech = people.length > 0 && people.every(p => p.manual)
  const asked =
    room.status === 'agreeing' && spoken?.allowed && bySpeech && room.answers.missing.includes(seat.agencyId)
  if (!excuse?.allowed && !asked) return null
  const set = (status: string) =>
    void submit(async () => {
      await act('seat_excuse', { agencyId: seat.agencyId, status, reason })
      setOpen(false)
    })
  return (
    <div className="no-print">
      <div className="row">
        {excuse?.allowed ? (
          seat.excused ? (
            <Button small kind="text" busy={busy} onClick={() => set('present')}>
              {w.present}
            </Button>
          ) : (
            <Button
              small
              kind="text"
              aria-expanded={open}
              aria-label={`${seat.name}：${w.excuse}`}
              onClick={() => setOpen(o => !o)}
            >
              {w.excuse}
            </Button>
          )
        ) : null}
        {asked ? (
          <Button
            small
            kind="text"
            aria-label={`${seat.name}：${w.oral}`}
            onClick={() => setOral(true)}
            data-testid={`oral-${seat.agencyId}`}
          >
            {w.oral}
          </Button>
        ) : null}
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {open ? (
        <div className="toolbar">
          <TextField label={w.excuseReason} value={reason} onValue={setReason} />
          <Button busy={busy} onClick={() => set('absent')}>
            {w.absent}
          </Button>
          <Button busy={busy} onClick={() => set('left')}>
            {w.left}
          </Button>
        </div>
      ) : null}
      {oral ? <OralAnswerDialog room={room} act={act} seat={seat} onClose={() => setOral(false)} /> : null}
    </div>
  )
}
