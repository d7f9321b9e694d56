import type { ReactNode } from 'react'
import { graphemes } from '../../text/graphemes'
import { words } from '../../words'
import { Legend } from './Legend'
import type { Link } from './Link'
import { BOX, FACE, layoutEcomap, type Place, type Thread, WIDTH } from './layoutEcomap'
import type { Household } from './useHousehold'

interface Props {
  household: Household
  links: readonly Link[]
}

/** Letters in a line of a box. */
const LINE = 11

/** The エコマップ as a picture; LinkList says the same in words. */
export function EcomapDrawing({ household, links }: Props) {
  const { persons } = household.page
  const w = words.household.ecomap
  const map = layoutEcomap(
    persons.map(p => p.id),
    links,
    l => household.agencyName(l.agency) || l.name || w.blank,
  )
  const called = (id: string) => {
    const p = persons.find(x => x.id === id)
    return p?.relation || p?.name || words.household.hidden(p?.initial || '？')
  }
  return (
    <figure className="drawing">
      <svg viewBox={`0 0 ${WIDTH} ${map.height}`} width={WIDTH} role="img" aria-label={w.label} data-testid="ecomap">
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="12"
            markerHeight="12"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path className="drawing-arrow" d="M0 0L10 5L0 10z" />
          </marker>
        </defs>
        <ellipse
          className="drawing-home"
          cx={map.centre.x}
          cy={map.centre.y}
          rx={map.household.rx}
          ry={map.household.ry}
        />
        {map.threads.map(t => (
          <ThreadLine key={t.link.id} {...t} />
        ))}
        {map.faces.map(f => (
          <g key={f.id}>
            <circle className="drawing-shape" cx={f.x} cy={f.y} r={FACE} />
            <Words x={f.x} y={f.y} text={called(f.id)} line={5} />
          </g>
        ))}
        {map.places.map(p => (
          <PlaceBox key={p.key} place={p} />
        ))}
      </svg>
      <Legend
        parts={w.kinds.map(([kind, label]) => [label, <Sample key={kind} kind={kind as Link['kind']} />] as const)}
      />
    </figure>
  )
}

function PlaceBox({ place }: { place: Place }) {
  return (
    <g>
      <rect
        className="drawing-shape"
        x={place.x - BOX.w}
        y={place.y - BOX.h}
        width={BOX.w * 2}
        height={BOX.h * 2}
        rx={8}
      />
      <Words x={place.x} y={place.y} text={place.name} line={LINE} />
    </g>
  )
}

/** A name in one line, or in two with what does not fit left out. */
function Words({ x, y, text, line }: { x: number; y: number; text: string; line: number }) {
  const g = graphemes(text)
  const lines =
    g.length <= line
      ? [text]
      : [g.slice(0, line).join(''), g.slice(line, g.length > line * 2 ? line * 2 - 1 : line * 2).join('')]
  if (g.length > line * 2) lines[1] += '…'
  return (
    <text className="drawing-small">
      <title>{text}</title>
      {lines.map((l, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text
        <tspan key={i} x={x} y={y + 5 + (i - (lines.length - 1) / 2) * 16}>
          {l}
        </tspan>
      ))}
    </text>
  )
}

function Sample({ kind }: { kind: Link['kind'] }): ReactNode {
  return <Stroke kind={kind} x1={0} y1={14} x2={28} y2={14} />
}

function ThreadLine({ link, x1, y1, x2, y2 }: Thread) {
  return (
    <Stroke
      kind={link.kind}
      x1={x1}
      y1={y1}
      x2={x2}
      y2={y2}
      {...(link.flow === 'to' || link.flow === 'both' ? { end: 'url(#arrow)' } : {})}
      {...(link.flow === 'from' || link.flow === 'both' ? { start: 'url(#arrow)' } : {})}
    />
  )
}

interface Ends {
  kind: Link['kind']
  x1: number
  y1: number
  x2: number
  y2: number
  start?: string
  end?: string
}

function Stroke({ kind, x1, y1, x2, y2, start, end }: Ends) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
  const at = (along: number, aside: number) =>
    `${(x1 + ux * along - uy * aside).toFixed(1)} ${(y1 + uy * along + ux * aside).toFixed(1)}`
  let d = `M${at(0, 0)}L${at(length, 0)}`
  if (kind === 'tense') {
    const zigs = Math.max(2, Math.round(length / 14))
    d = `M${at(0, 0)}`
    for (let i = 1; i < zigs; i++) d += `L${at((length * i) / zigs, i % 2 ? 6 : -6)}`
    d += `L${at(length, 0)}`
  }
  if (kind === 'cut') {
    const m = length / 2
    d = `M${at(0, 0)}L${at(m - 4, 0)}M${at(m + 4, 0)}L${at(length, 0)}M${at(m - 4, -8)}L${at(m - 4, 8)}M${at(m + 4, -8)}L${at(m + 4, 8)}`
  }
  return <path className="drawing-line" data-kind={kind} d={d} markerStart={start} markerEnd={end} />
}
