import { useState } from 'react'
import type { Seat } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'
import { SeatDialog } from './SeatDialog'

interface Props extends RoomProps {
  seat: Seat
}

/** 席を直す・外す: for who runs the meeting. Who has attended keeps the seat. */
export function SeatEdit({ room, act, seat }: Props) {
  const [changing, setChanging] = useState(false)
  const [removing, setRemoving] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.prepare
  if (!findAct(room, 'seat')?.allowed) return null
  const remove = () =>
    void submit(() => act('seat_remove', { id: seat.agencyId })).then(ok => {
      if (ok) setRemoving(false)
    })
  return (
    <>
      <Button
        small
        kind="text"
        aria-label={w.seatChangeOf(seat.name)}
        onClick={() => setChanging(true)}
        data-testid={`seat-change-${seat.agencyId}`}
      >
        {w.seatChange}
      </Button>
      {seat.attended ? null : (
        <Button
          small
          kind="text"
          aria-label={w.seatRemoveOf(seat.name)}
          onClick={() => setRemoving(true)}
          data-testid={`seat-remove-${seat.agencyId}`}
        >
          {w.seatRemove}
        </Button>
      )}
      {changing ? <SeatDialog room={room} act={act} seat={seat} onClose={() => setChanging(false)} /> : null}
      {removing ? (
        <Dialog
          title={w.seatRemoveOf(seat.name)}
          onClose={() => setRemoving(false)}
          data-testid="seat-remove-dialog"
          foot={
            <>
              <Button onClick={() => setRemoving(false)}>{words.form.cancel}</Button>
              <Button kind="danger" busy={busy} onClick={remove} data-testid="seat-remove-do">
                {w.seatRemoveDo}
              </Button>
            </>
          }
        >
          <div className="stack">
            {error ? <Banner tone="bad" title={error.message} data-testid="seat-remove-error" /> : null}
            <p>{w.seatRemoveText(seat.name)}</p>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
