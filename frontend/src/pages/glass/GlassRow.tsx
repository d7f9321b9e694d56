import type { Glass } from '../../api/glass'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  glass: Glass
  busy: boolean
  onEnd: (id: string) => void
  onReview: () => void
}

/** One line of the list. */
export function GlassRow({ glass: g, busy, onEnd, onReview }: Props) {
  const w = words.glass
  return (
    <tr data-testid="glass-row">
      <th scope="row">{g.number}</th>
      <td>{g.userName}</td>
      <td>
        {g.basisLabel}
        <div className="soft">{g.reason}</div>
      </td>
      <td>{showInstant(g.at, 'short')}</td>
      <td>{g.live ? <Chip tone="bad">{w.live(showInstant(g.ends, 'short'))}</Chip> : showInstant(g.ends, 'short')}</td>
      <td>
        {g.reviewedAt ? (
          <>
            <Chip tone={g.finding === 'proper' ? 'good' : 'bad'}>{g.findingLabel}</Chip>
            <div>{g.note}</div>
            <div className="soft">{w.reviewedBy(g.reviewedName, showInstant(g.reviewedAt, 'short'))}</div>
          </>
        ) : (
          <Chip tone="warn">{w.waiting}</Chip>
        )}
      </td>
      <td>
        {g.mayEnd ? (
          <Button small busy={busy} aria-label={w.endOf(g.number)} onClick={() => onEnd(g.id)} data-testid="glass-stop">
            {w.end}
          </Button>
        ) : null}
        {g.mayReview ? (
          <Button small kind="solid" aria-label={w.reviewOf(g.number)} onClick={onReview} data-testid="glass-review">
            {w.review}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}
