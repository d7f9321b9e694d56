import type { Room } from '../../api/meeting'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  room: Room
}

/** The frozen version with its hash: what everybody agrees to. */
export function FrozenCard({ room }: Props) {
  const w = words.meeting
  const { frozen } = room
  if (!frozen) return null
  return (
    <section className="card stack-s frozen" aria-labelledby="frozen-title" data-testid="frozen-card">
      <div className="between">
        <h2 id="frozen-title">{w.frozenTitle(frozen.version)}</h2>
        <Chip tone="key">{room.outcomeLabel}</Chip>
      </div>
      <p className="soft">{w.frozenText}</p>
      <p>
        <span className="soft">{w.hash}</span>{' '}
        <span className="mono" data-testid="plan-hash">
          {frozen.hash}
        </span>{' '}
        <span className="soft">{showInstant(frozen.at, 'short')}</span>
      </p>
    </section>
  )
}
