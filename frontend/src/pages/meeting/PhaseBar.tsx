import { useEffect, useRef, useState } from 'react'
import type { Phase } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { useScrollStop } from '../../parts/useScrollStop'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 「今ここ」: all phases in a row, the current one large, with minutes used and planned. The chair moves on by pressing one. */
export function PhaseBar({ room, act }: RoomProps) {
  const [now, setNow] = useState(Date.now())
  const { submit } = useSubmit()
  const w = words.meeting
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  const may = findAct(room, 'phase')?.allowed
  const bar = useRef<HTMLOListElement>(null)
  useScrollStop(bar)
  // On a phone the bar is wider than the screen: the phase of the moment comes into sight. The page itself does not move.
  useEffect(() => {
    const current = room.phase ? bar.current?.querySelector<HTMLElement>('[aria-current=step]') : null
    if (current && bar.current) bar.current.scrollLeft = current.offsetLeft - bar.current.offsetLeft - 16
  }, [room.phase])
  return (
    <ol ref={bar} className="phases" aria-label={w.nowHere} data-testid="phase-bar">
      {room.phases.map(p => {
        const current = p.id === room.phase
        const used = minutesUsed(p, current, now)
        const body = (
          <>
            <span className="phase-label">
              {current ? <span className="phase-now">{w.nowHere}</span> : null}
              {p.label}
            </span>
            <span className="phase-time num">
              {used > 0 || current ? w.minutesOf(used, p.minutes) : w.planned(p.minutes)}
              {used > p.minutes ? <span className="phase-over">　{w.over}</span> : null}
            </span>
          </>
        )
        return (
          <li
            key={p.id}
            data-current={current || undefined}
            data-done={(!current && used > 0) || undefined}
            aria-current={current ? 'step' : undefined}
          >
            {may && !current ? (
              <button
                type="button"
                onClick={() => void submit(() => act('phase', { id: p.id }))}
                title={w.phaseTo(p.label)}
                data-testid={`phase-${p.id}`}
              >
                {body}
              </button>
            ) : (
              <div>{body}</div>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function minutesUsed(p: Phase, current: boolean, now: number): number {
  const running = current && p.begunAt ? Math.max(0, now - Date.parse(p.begunAt)) / 1000 : 0
  return Math.floor((p.seconds + running) / 60)
}
