import type { Bond } from './Bond'
import type { Strokes } from './layoutBond'

/** The strokes of one 関係性. The kind is told by their form; colour only helps. */
export function BondLines({ kind, strokes }: { kind: Bond['kind']; strokes: Strokes }) {
  return (
    <g className="drawing-bond" data-kind={kind}>
      {strokes.lines.map(d => (
        <path key={d} d={d} data-dotted={strokes.dotted || undefined} />
      ))}
      {strokes.arrow ? <path d={strokes.arrow} data-filled /> : null}
    </g>
  )
}
