import type { Room } from '../../../api/meeting'
import { Button } from '../../../parts/Button'
import { words } from '../../../words'
import { phaseSeconds } from './times'
import { useClock } from './useClock'

interface Props {
  room: Room
  onBack: () => void
}

/** What stays in sight while a tab has the whole screen: phase, time, who waits, and the way back. */
export function WideBar({ room, onBack }: Props) {
  const now = useClock(room.now, 5000)
  const w = words.during
  const phase = room.phases.find(p => p.id === room.phase)
  return (
    <div className="wide-bar no-print" data-testid="wide-bar">
      {phase ? (
        <span>
          <strong>{phase.label}</strong>{' '}
          <span className="num">{w.phaseTime(Math.floor(phaseSeconds(phase, now) / 60), phase.minutes)}</span>
        </span>
      ) : (
        <span>{room.statusLabel}</span>
      )}
      {room.hands.length ? <span>{w.wideHands(room.hands.length)}</span> : null}
      <Button small onClick={onBack} data-testid="wide-back">
        {w.wideBack}（W）
      </Button>
    </div>
  )
}
