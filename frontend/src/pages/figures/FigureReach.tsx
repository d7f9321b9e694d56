import type { Figure } from '../../api/figures'
import { words } from '../../words'

/** How much of its target a figure has reached: in words, the bar is for the eye. */
export function FigureReach({ figure }: { figure: Figure }) {
  const w = words.figures
  if (figure.target === undefined) return <>{w.blank}</>
  if (figure.rate === undefined) return <>{w.funnel.none}</>
  return (
    <span className="figure-reach">
      <span>{w.reachedOf(figure.rate)}</span>
      <meter aria-hidden="true" min={0} max={100} value={Math.min(100, figure.rate)} />
    </span>
  )
}
