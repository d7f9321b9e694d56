import type { ReactNode } from 'react'
import { words } from '../../words'
import type { Bond } from './Bond'
import { BondLines } from './BondLines'
import { Legend } from './Legend'
import { bondSample } from './layoutBond'
import { Shape } from './Shape'

const S = 12

/** What the signs of the drawing mean. */
export function GenogramLegend() {
  const w = words.household.genogram.legendParts
  const dash = <path className="drawing-line" d="M1 14H27" data-dashed />
  const parts: [string, ReactNode][] = [
    [w.male, <Shape key="s" sex="male" x={14} y={14} half={S} />],
    [w.female, <Shape key="s" sex="female" x={14} y={14} half={S} />],
    [w.other, <Shape key="s" sex="other" x={14} y={14} half={S - 3} />],
    [
      w.subject,
      <g key="s">
        <Shape sex="female" x={14} y={14} half={S} />
        <Shape sex="female" x={14} y={14} half={S - 4} />
      </g>,
    ],
    [
      w.dead,
      <g key="s">
        <Shape sex="male" x={14} y={14} half={S} />
        <path className="drawing-line" d="M2 2L26 26M26 2L2 26" />
      </g>,
    ],
    [w.home, <rect key="s" className="drawing-home" x={2} y={2} width={24} height={24} rx={6} />],
    [w.partner, dash],
    [w.separated, <path key="s" className="drawing-line" d="M1 14H27M10 22L18 6" />],
    [w.divorced, <path key="s" className="drawing-line" d="M1 14H27M7 22L15 6M13 22L21 6" />],
    [w.adopted, <path key="s" className="drawing-line" d="M14 1V27" data-dashed />],
  ]
  const bonds = words.household.genogram.bondKinds.map(([kind, label]): [string, ReactNode] => [
    label,
    <BondLines key="s" kind={kind as Bond['kind']} strokes={bondSample(kind as Bond['kind'])} />,
  ])
  return <Legend parts={[...parts, ...bonds]} />
}
