import type { Room } from '../../api/meeting'
import { words } from '../../words'
import { NoteText } from '../meeting/during/NotesCard'
import { seatName, TurnNow } from '../meeting/during/TurnCard'

interface Props {
  room: Room
}

/** The round and the raised hands, for everybody in the room. */
export function ScreenNow({ room }: Props) {
  const w = words.during
  const turns = room.during.turns
  const running = turns && !turns.endedAt && ['open', 'agreeing'].includes(room.status)
  return (
    <>
      {running ? <TurnNow room={room} turns={turns} now={turns.order.find(t => t.state === 'speaking')} quiet /> : null}
      {room.hands.length ? (
        <section data-testid="screen-hands">
          <h2>{w.screenHands}</h2>
          <ol className="screen-list">
            {room.hands.map(h => (
              <li key={h.key}>
                {words.meeting.handKinds.find(k => k.value === h.kind)?.label}：{seatName(room, h.agencyId) || h.name}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </>
  )
}

/** What the recorder needs beside: parked points, memos, and the last things that happened. */
export function ScreenRecorder({ room, mask }: Props & { mask: (text: string) => string }) {
  const w = words.during
  return (
    <>
      <section data-testid="screen-notes">
        <h2>{w.screenNotes}</h2>
        {room.during.notes.length ? (
          <ul className="list">
            {room.during.notes.map(n => (
              <li key={n.id}>
                {w.kinds[n.kind]}：<NoteText note={{ ...n, text: mask(n.text), reason: mask(n.reason) }} />
              </li>
            ))}
          </ul>
        ) : (
          <p>{w.notesNone}</p>
        )}
      </section>
      <section data-testid="screen-log">
        <h2>{w.screenLog}</h2>
        <ul className="list">
          {room.events.slice(-8).map(e => (
            <li key={e.seq}>
              {e.agency} {mask(e.text)}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
