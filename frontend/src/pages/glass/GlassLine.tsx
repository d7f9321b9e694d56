import type { Glass } from '../../api/glass'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  glass: Glass
  busy: boolean
  onEnd: (id: string) => void
}

/** One 緊急時の閲覧 of one's own: which case, why, until when, what was found of it. */
export function GlassLine({ glass: g, busy, onEnd }: Props) {
  const w = words.glass
  return (
    <li className="stack-s" data-testid="glass-own-line">
      <div className="row">
        <strong>{g.number}</strong>
        <span className="soft">
          {showInstant(g.at, 'short')}〜{showInstant(g.ends, 'short')}
        </span>
        {g.live ? <Chip tone="bad">{w.live(showInstant(g.ends, 'short'))}</Chip> : null}
        {g.reviewedAt ? (
          <Chip tone={g.finding === 'proper' ? 'good' : 'bad'}>{g.findingLabel}</Chip>
        ) : (
          <Chip tone="warn">{w.waiting}</Chip>
        )}
        {g.mayEnd ? (
          <Button small busy={busy} aria-label={w.endOf(g.number)} onClick={() => onEnd(g.id)}>
            {w.end}
          </Button>
        ) : null}
      </div>
      <span className="soft">
        {g.basisLabel}　{g.reason}
      </span>
      {g.note ? <span>{g.note}</span> : null}
    </li>
  )
}
