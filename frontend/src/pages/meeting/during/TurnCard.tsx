import { useEffect, useRef, useState } from 'react'
import type { Turn, Turns } from '../../../api/during'
import type { Room } from '../../../api/meeting'
import { useSubmit } from '../../../app/useSubmit'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { Check } from '../../../parts/Check'
import { Chip } from '../../../parts/Chip'
import { TextField } from '../../../parts/TextField'
import { words } from '../../../words'
import { findAct } from '../findAct'
import type { RoomProps } from '../RoomProps'
import { bell } from './bell'
import { readSetting, writeSetting } from './setting'
import { clockText, turnSeconds } from './times'
import { useClock } from './useClock'

/** 一巡モード: whose turn it is, for how long, what to say; the chair passes it on. */
export function TurnCard({ room, act }: RoomProps) {
  const { submit, busy, error } = useSubmit()
  const [minutes, setMinutes] = useState('5')
  const w = words.during
  const start = findAct(room, 'turns')
  const pass = findAct(room, 'turn')
  const turns = room.during.turns
  const running = turns && !turns.endedAt
  if (!running && !start?.allowed) return null
  const now = turns?.order.find(t => t.state === 'speaking')
  const go = (name: string, params: object = {}) => void submit(() => act(name, params))
  return (
    <section className="card stack-s turns" aria-labelledby="turns-title" data-testid="turns">
      <div className="between">
        <h2 id="turns-title">{w.turn}</h2>
        {turns ? (
          <span>{w.turnSpoken(turns.order.filter(t => t.state === 'done').length, turns.order.length)}</span>
        ) : null}
      </div>
      {error ? <Banner tone="bad" title={error.message} data-testid="turn-error" /> : null}
      {running ? (
        <>
          <TurnNow room={room} turns={turns} now={now} />
          {pass?.allowed ? (
            <div className="row">
              <Button
                kind="solid"
                busy={busy}
                onClick={() => go('turn', { from: now?.agencyId ?? '' })}
                data-testid="turn-next"
              >
                {w.turnNext}
              </Button>
              <Button
                busy={busy}
                onClick={() => go('turn', { from: now?.agencyId ?? '', skip: true })}
                data-testid="turn-skip"
              >
                {w.turnSkip}
              </Button>
              <Button busy={busy} onClick={() => go('turns_end')} data-testid="turns-end">
                {w.turnEnd}
              </Button>
            </div>
          ) : null}
          <ol className="list turn-list">
            {turns.order.map(t => (
              <li key={t.agencyId} className="between" data-testid={`turn-${t.agencyId}`} data-state={t.state}>
                <span>
                  <Chip tone={t.state === 'speaking' ? 'key' : t.state === 'done' ? 'good' : 'plain'}>
                    {w.turnStates[t.state]}
                  </Chip>{' '}
                  {seatName(room, t.agencyId)}
                </span>
                {pass?.allowed && t.state !== 'speaking' ? (
                  <Button
                    small
                    kind="text"
                    busy={busy}
                    aria-label={w.turnBack(seatName(room, t.agencyId))}
                    onClick={() => go('turn', { from: now?.agencyId ?? '', to: t.agencyId })}
                    data-testid={`turn-to-${t.agencyId}`}
                  >
                    {w.turnBackShort}
                  </Button>
                ) : null}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <div className="toolbar">
          <TextField
            label={w.turnMinutes}
            value={minutes}
            onValue={setMinutes}
            inputMode="numeric"
            data-testid="turn-minutes"
          />
          <Button
            busy={busy}
            onClick={() => go('turns', { minutes: Number(minutes.normalize('NFKC')) || 0 })}
            data-testid="turns-start"
          >
            {w.turnStart}
          </Button>
        </div>
      )}
    </section>
  )
}

export function seatName(room: Room, id: string): string {
  return room.seats.find(s => s.agencyId === id)?.name ?? ''
}

interface NowProps {
  room: Room
  turns: Turns
  now: Turn | undefined
  /** On a wall: no controls. */
  quiet?: boolean
}

/** The turn itself: the time is drawn every second, but read out only at the signal and at the end. */
export function TurnNow({ room, turns, now, quiet }: NowProps) {
  const time = useClock(room.now)
  const [sound, setSound] = useState(() => readSetting('bell') === 'on')
  const w = words.during
  const seconds = now ? turnSeconds(now, time) : 0
  const level = !now ? '' : seconds >= turns.minutes * 60 ? 'over' : seconds >= turns.signal ? 'signal' : ''
  const before = useRef(level)
  useEffect(() => {
    if (level && level !== before.current && sound) bell()
    before.current = level
  }, [level, sound])
  return (
    <div className="turn-now" data-level={level || undefined} data-testid="turn-now">
      <p className="turn-who">
        <strong>{now ? w.turnNow(seatName(room, now.agencyId)) : w.turnNobody}</strong>
        {now && now.agencyId === room.you.seat ? <Chip tone="key">{w.turnMine}</Chip> : null}
        <span className="turn-time num" role="timer" aria-live="off" data-testid="turn-time">
          {w.turnTime(clockText(seconds), turns.minutes)}
        </span>
      </p>
      <p role="status" className="turn-signal" data-testid="turn-signal">
        {level === 'over' ? w.turnOver : level === 'signal' ? w.turnSignal : ''}
      </p>
      <p className="prompt-card">
        <span className="soft">{w.prompt}</span>
        {w.prompts.map(p => (
          <strong key={p}>{p}</strong>
        ))}
      </p>
      {quiet ? null : (
        <Check
          label={w.bell}
          checked={sound}
          onValue={on => {
            setSound(on)
            writeSetting('bell', on ? 'on' : '')
          }}
        />
      )}
    </div>
  )
}
