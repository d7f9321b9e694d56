import { useState } from 'react'
import type { Room } from '../../api/meeting'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { CarryDialog } from './CarryDialog'
import { findAct } from './findAct'

interface Props {
  room: Room
  reload: () => Promise<void>
}

/** 支援会議から引き継ぐ: for who holds the record, in a 重層的支援会議 that has not closed. */
export function CarryCard({ room, reload }: Props) {
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState(0)
  const w = words.carry
  if (room.meeting.mode !== 'layered' || !findAct(room, 'carry')?.allowed) return null
  return (
    <section className="card stack-s no-print" aria-labelledby="carry-title" data-testid="carry">
      <h2 id="carry-title">{w.title}</h2>
      <p className="soft">{w.text}</p>
      {done ? (
        <Banner tone="good" title={w.done(done)} data-testid="carry-done">
          {w.doneText}
        </Banner>
      ) : null}
      <div className="row">
        <Button
          onClick={() => {
            setDone(0)
            setOpen(true)
          }}
          data-testid="carry-open"
        >
          {w.title}
        </Button>
      </div>
      {open ? (
        <CarryDialog
          room={room}
          onClose={() => setOpen(false)}
          onDone={n => {
            setOpen(false)
            setDone(n)
            void reload()
          }}
        />
      ) : null}
    </section>
  )
}
