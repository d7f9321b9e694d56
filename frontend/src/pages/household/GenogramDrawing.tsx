import { yearsBetween } from '../../dates/showMoment'
import { today } from '../../dates/today'
import { graphemes } from '../../text/graphemes'
import { words } from '../../words'
import type { Bond } from './Bond'
import { BondLines } from './BondLines'
import { GenogramLegend } from './GenogramLegend'
import { bondBetween } from './layoutBond'
import { type Brood, COLUMN, HALF, layoutGenogram, type Spot, type Union } from './layoutGenogram'
import type { Relative, Tie } from './Relative'
import { Shape } from './Shape'

interface Props {
  people: readonly Relative[]
  ties: readonly Tie[]
  bonds: readonly Bond[]
}

/** Letters of a name that fit into a column. */
const FIT = 8

/** The ジェノグラム as a picture; TieList says the same in words. */
export function GenogramDrawing({ people, ties, bonds }: Props) {
  const g = layoutGenogram(people, ties)
  const spot = new Map(g.spots.map(s => [s.person.id, s]))
  return (
    <figure className="drawing">
      <svg
        viewBox={`0 0 ${g.width} ${g.height}`}
        width={g.width}
        role="img"
        aria-label={words.household.genogram.label}
        data-testid="genogram"
      >
        {g.spots.map(s => (s.person.home ? <Home key={s.person.id} spot={s} /> : null))}
        {g.broods.map((b, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no state
          <BroodLines key={i} brood={b} />
        ))}
        {g.unions.map(u => (
          <UnionLine key={`${u.from.person.id} ${u.to.person.id}`} union={u} />
        ))}
        {bonds.map((b, i) => {
          const [from, to] = [spot.get(b.a), spot.get(b.b)]
          const nth = bonds.slice(0, i).filter(o => [b.a, b.b].includes(o.a) && [b.a, b.b].includes(o.b)).length
          return from && to ? <BondLines key={b.id} kind={b.kind} strokes={bondBetween(b.kind, from, to, nth)} /> : null
        })}
        {g.spots.map(s => (
          <PersonSign key={s.person.id} spot={s} />
        ))}
      </svg>
      <GenogramLegend />
    </figure>
  )
}

function Home({ spot }: { spot: Spot }) {
  return (
    <rect
      className="drawing-home"
      x={spot.x - COLUMN / 2 + 4}
      y={spot.y - HALF - 12}
      width={COLUMN - 8}
      height={HALF * 2 + 60}
      rx={14}
    />
  )
}

function PersonSign({ spot: { person: p, x, y } }: { spot: Spot }) {
  const age = yearsBetween(p.birth, p.death || today())
  const name = graphemes(p.name)
  const under = p.relation || (p.death && age !== null ? words.household.genogram.diedAt(age) : '')
  return (
    <g>
      <Shape sex={p.sex} x={x} y={y} half={HALF} />
      {p.subject ? <Shape sex={p.sex} x={x} y={y} half={HALF - 5} /> : null}
      {p.dead ? (
        <path
          className="drawing-line"
          d={`M${x - HALF} ${y - HALF}L${x + HALF} ${y + HALF}M${x + HALF} ${y - HALF}L${x - HALF} ${y + HALF}`}
        />
      ) : null}
      {age === null || p.dead ? null : (
        <text className="drawing-age" x={x} y={y + 5}>
          {age}
        </text>
      )}
      <text className="drawing-name" x={x} y={y + HALF + 20}>
        <title>{p.name}</title>
        {name.length > FIT ? `${name.slice(0, FIT - 1).join('')}…` : p.name}
      </text>
      {under ? (
        <text className="drawing-small" x={x} y={y + HALF + 37}>
          {under}
        </text>
      ) : null}
    </g>
  )
}

function UnionLine({ union: { tie, from, to, bracket } }: { union: Union }) {
  const dashed = tie?.kind === 'partner' || tie === null
  const low = Math.max(from.y, to.y) + HALF + 40
  const line = bracket
    ? `M${from.x} ${from.y + HALF + 40}V${low + 8}H${to.x}V${to.y + HALF + 40}`
    : `M${from.x + HALF} ${from.y}H${to.x - HALF}`
  const [mx, my] = [from.x + (to.x - from.x) * 0.36, bracket ? low + 8 : from.y]
  const slash = (dx: number) => `M${mx + dx - 4} ${my + 9}L${mx + dx + 4} ${my - 9}`
  return (
    <>
      <path className="drawing-line" d={line} data-dashed={dashed || undefined} />
      {tie?.kind === 'separated' ? <path className="drawing-line" d={slash(0)} /> : null}
      {tie?.kind === 'divorced' ? <path className="drawing-line" d={slash(-4) + slash(4)} /> : null}
    </>
  )
}

function BroodLines({ brood: { x, y, bar, children } }: { brood: Brood }) {
  const xs = [x, ...children.map(c => c.spot.x)]
  return (
    <>
      <path className="drawing-line" d={`M${x} ${y}V${bar}M${Math.min(...xs)} ${bar}H${Math.max(...xs)}`} />
      {children.map(c => (
        <path
          key={c.spot.person.id}
          className="drawing-line"
          data-dashed={c.adopted || undefined}
          d={`M${c.spot.x} ${bar}V${c.spot.y - HALF - (c.spot.person.sex === 'other' ? 3 : 0)}`}
        />
      ))}
    </>
  )
}
