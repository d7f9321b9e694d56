import type { Relative } from './Relative'

/** The sign of a person: a square, a circle, or a diamond where the sex is neither or not known. */
export function Shape({ sex, x, y, half }: { sex: Relative['sex']; x: number; y: number; half: number }) {
  if (sex === 'female') return <circle className="drawing-shape" cx={x} cy={y} r={half} />
  if (sex === 'male')
    return <rect className="drawing-shape" x={x - half} y={y - half} width={half * 2} height={half * 2} />
  return (
    <path
      className="drawing-shape"
      d={`M${x} ${y - half - 3}L${x + half + 3} ${y}L${x} ${y + half + 3}L${x - half - 3} ${y}Z`}
    />
  )
}
