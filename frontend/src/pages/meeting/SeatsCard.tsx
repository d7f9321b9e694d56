import { useState } from 'react'
import type { Seat } from '../../api/meeting'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'
import { SeatDialog } from './SeatDialog'
import { SeatEdit } from './SeatEdit'
import { SeatTools } from './SeatTools'

/** 機関の席と回答: who is there, who has answered, and, when all have, what. */
export function SeatsCard({ room, act }: RoomProps) {
  const [adding, setAdding] = useState(false)
  const w = words.meeting
  const answers = room.answers
  const asking = room.status === 'agreeing'
  const seats = room.seats.filter(s => !s.observer)
  const asked = room.seats.filter(s => s.asked)
  const answered = asked.filter(s => s.answered).length
  return (
    <section className="card stack-s" aria-labelledby="seats-title" data-testid="seats">
      <div className="between">
        <h2 id="seats-title">{w.seats}</h2>
        {asking ? (
          <span role="status" data-testid="answered-count">
            {w.answeredOf(answered, asked.length)}
          </span>
        ) : null}
      </div>
      <ul className="list">
        {room.seats.map(s => {
          const a = answers.list.find(x => x.agencyId === s.agencyId)
          const option = w.answers.find(o => o.value === a?.answer)
          return (
            <li key={s.agencyId} className="seat" data-testid={`seat-${s.agencyId}`}>
              <div className="between">
                <span>
                  <strong>{s.name}</strong> {s.speaker ? <span className="soft">{s.speaker}</span> : null}{' '}
                  {s.proxy ? <Chip>{words.prepare.seatProxyOf(s.proxy)}</Chip> : null}
                </span>
                <span className="row">
                  <SeatChips seat={s} support={room.meeting.mode === 'support'} />
                  {a && option ? (
                    <Chip
                      tone={
                        a.answer === 'agree' || a.answer === 'abstain' ? 'good' : a.answer === 'object' ? 'bad' : 'warn'
                      }
                    >
                      {option.icon} {option.label}
                      {a.oral ? `（${w.oralMark}）` : ''}
                    </Chip>
                  ) : asking && s.asked ? (
                    <Chip tone={s.answered ? 'good' : 'plain'}>{s.answered ? w.answered : w.waiting}</Chip>
                  ) : null}
                  <SeatEdit room={room} act={act} seat={s} />
                </span>
              </div>
              {a?.reason ? <p className="soft">{[a.reason, a.part, a.instead].filter(Boolean).join('　')}</p> : null}
              <SeatTools room={room} act={act} seat={s} />
            </li>
          )
        })}
      </ul>
      {seats.length ? null : <p className="soft">{words.meeting.noRows}</p>}
      {findAct(room, 'seat')?.allowed ? (
        <div className="no-print">
          <Button small onClick={() => setAdding(true)} data-testid="seat-add">
            ＋ {words.prepare.seatAdd}
          </Button>
        </div>
      ) : null}
      {adding ? <SeatDialog room={room} act={act} onClose={() => setAdding(false)} /> : null}
    </section>
  )
}

function SeatChips({ seat, support }: { seat: Seat; support: boolean }) {
  const w = words.meeting
  return (
    <>
      {seat.observer ? <Chip>{w.observer}</Chip> : null}
      {support && !seat.member ? (
        <Chip
          tone={seat.designated ? 'support' : 'warn'}
        >{`${w.seatOutside}${seat.designated ? `（${w.designated}）` : ''}`}</Chip>
      ) : null}
      {seat.excused ? (
        <Chip tone="warn">{seat.excused === 'absent' ? w.absent : w.left}</Chip>
      ) : seat.here ? (
        <Chip tone="good">{w.here}</Chip>
      ) : null}
    </>
  )
}
