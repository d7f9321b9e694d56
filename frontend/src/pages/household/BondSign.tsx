import type { Bond } from './Bond'
import { BondLines } from './BondLines'
import { bondSample } from './layoutBond'

/** The sign of a 関係性 by itself. */
export function BondSign({ kind }: { kind: Bond['kind'] }) {
  return (
    <svg
      className="drawing-sign"
      width={56}
      height={28}
      viewBox="0 0 28 28"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <BondLines kind={kind} strokes={bondSample(kind)} />
    </svg>
  )
}
