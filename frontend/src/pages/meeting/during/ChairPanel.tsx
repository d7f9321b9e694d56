import type { Blocker, Room } from '../../../api/meeting'
import { useSubmit } from '../../../app/useSubmit'
import { showTime } from '../../../dates/showTime'
import { Button } from '../../../parts/Button'
import { Chip } from '../../../parts/Chip'
import { words } from '../../../words'
import { findAct } from '../findAct'
import type { RoomProps } from '../RoomProps'
import { seatName } from './TurnCard'
import { minutesLeft, phaseSeconds } from './times'
import { useClock } from './useClock'

/** How many lines of a list stand in the panel; the rest is counted. */
const LINES = 3

/** 議長の進行盤: time of the phase and of the meeting, what stands against 閉会, who waits; beside the next step, without scrolling. */
export function ChairPanel({ room, act }: RoomProps) {
  const w = words.during
  if (!['open', 'agreeing'].includes(room.status) || !(room.you.chair || room.you.holder || room.you.recorder))
    return null
  const blockers = grouped(room.blockers)
  return (
    <section className="chair-panel" aria-label={w.panel} data-testid="chair-panel">
      <TimeLeft room={room} />
      <div className="panel-cell" data-testid="panel-blockers">
        <h2>
          {w.blockers} {room.blockers.length ? <Chip tone="warn">{room.blockers.length}</Chip> : null}
        </h2>
        {room.blockers.length ? (
          <ul className="panel-list">
            {blockers.slice(0, LINES).map(b => (
              <li key={b.code + b.target + b.message}>□ {b.message}</li>
            ))}
            {blockers.length > LINES ? <li className="soft">{w.blockersMore(blockers.length - LINES)}</li> : null}
          </ul>
        ) : (
          <p className="soft">{w.blockersNone}</p>
        )}
      </div>
      <Waiting room={room} act={act} />
    </section>
  )
}

/** 議題 without 結論 stand in one line; every other blocker in its own. */
export function grouped(list: readonly Blocker[]): Blocker[] {
  const agenda = list.filter(b => b.code === 'agenda')
  if (agenda.length < 2) return [...list]
  const rest = list.filter(b => b.code !== 'agenda')
  return [{ code: 'agenda', message: words.during.blockersAgenda(agenda.length) }, ...rest]
}

function TimeLeft({ room }: { room: Room }) {
  const now = useClock(room.now, 5000)
  const w = words.during
  const phase = room.phases.find(p => p.id === room.phase)
  const used = phase ? Math.floor(phaseSeconds(phase, now) / 60) : 0
  const over = phase ? used - phase.minutes : 0
  const end = Date.parse(room.meeting.plannedEnd)
  const left = minutesLeft(end - now)
  const clock = showTime(room.meeting.plannedEnd)
  return (
    <div className="panel-cell" data-testid="panel-time">
      {phase ? (
        <>
          <h2>{w.thisPhase}</h2>
          <p data-over={over > 0 || undefined} data-testid="panel-phase">
            <strong className="num">{w.phaseTime(used, phase.minutes)}</strong>{' '}
            <span role="status" className={over > 0 ? 'panel-over' : 'soft'}>
              {over > 0 ? w.phaseOver(over) : w.phaseLeft(-over)}
            </span>
          </p>
        </>
      ) : null}
      <h2>{w.total}</h2>
      <p data-over={left < 0 || undefined} data-testid="panel-total">
        {left < 0 ? (
          <strong className="panel-over">{w.totalOver(-left, clock)}</strong>
        ) : (
          <strong className="num">{w.totalLeft(left, clock)}</strong>
        )}
      </p>
    </div>
  )
}

/** Raised hands in their rank, then the agencies whose answer is missing. */
function Waiting({ room, act }: RoomProps) {
  const { submit, busy } = useSubmit()
  const w = words.during
  const turns = room.during.turns
  const turn = turns && !turns.endedAt ? turns.order.find(t => t.state === 'speaking') : undefined
  const floor = findAct(room, 'floor')
  const missing = room.status === 'agreeing' ? room.seats.filter(s => room.answers.missing.includes(s.agencyId)) : []
  return (
    <div className="panel-cell" data-testid="panel-waits">
      <h2>{w.waits}</h2>
      {turn ? (
        <p data-testid="panel-turn">
          <Chip tone="key">{w.turn}</Chip> {w.turnNow(seatName(room, turn.agencyId))}
        </p>
      ) : null}
      {room.hands.length || missing.length || turn ? null : <p className="soft">{w.waitsNone}</p>}
      <ol className="panel-list">
        {room.hands.slice(0, LINES).map(h => (
          <li key={h.key} className="between">
            <span>
              <Chip tone={h.kind === 'safety' || h.kind === 'object' ? 'bad' : 'plain'}>
                {words.meeting.handKinds.find(k => k.value === h.kind)?.label}
              </Chip>{' '}
              {h.name}
            </span>
            {floor?.allowed ? (
              <Button
                small
                busy={busy}
                aria-label={`${h.name}：${words.meeting.giveFloor}`}
                onClick={() => void submit(() => act('floor', { agencyId: h.agencyId }))}
              >
                {words.meeting.giveFloor}
              </Button>
            ) : null}
          </li>
        ))}
        {room.hands.length > LINES ? <li className="soft">{w.blockersMore(room.hands.length - LINES)}</li> : null}
      </ol>
      {missing.length ? (
        <p>
          {w.waitsAnswer(missing.length)}：{missing.map(s => s.short || s.name).join('、')}
        </p>
      ) : null}
    </div>
  )
}
