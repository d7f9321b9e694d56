import type { Network } from '../../api/network'
import { words } from '../../words'
import { layout } from './layout'

interface Props {
  network: Network
  /** Whose lines stand out; '' for all. */
  chosen: string
}

/** The agencies on a ring. What it says in numbers stands in the tables below it. */
export function NetworkPicture({ network, chosen }: Props) {
  const { size, spots, lines } = layout(network)
  const of = (a: string, b: string) => !chosen || a === chosen || b === chosen
  return (
    <svg
      className="network"
      viewBox={`-150 0 ${size + 300} ${size}`}
      role="img"
      aria-label={words.network.picture(spots.length, lines.length)}
    >
      {lines.map(l => (
        <line
          key={`${l.a.node.id} ${l.b.node.id}`}
          x1={l.a.x}
          y1={l.a.y}
          x2={l.b.x}
          y2={l.b.y}
          strokeWidth={l.width}
          strokeDasharray={l.thin ? '4 4' : undefined}
          data-off={of(l.a.node.id, l.b.node.id) ? undefined : ''}
        />
      ))}
      {spots.map(s => (
        <g key={s.node.id} data-off={chosen && chosen !== s.node.id ? '' : undefined}>
          <circle cx={s.x} cy={s.y} r={s.r} data-warn={s.node.dumps || undefined} />
          <text x={s.x} y={s.y + 5} textAnchor="middle" className="network-count">
            {s.node.cases}
          </text>
          <text x={s.labelX} y={s.labelY} textAnchor={s.anchor}>
            {s.node.short || s.node.name}
          </text>
        </g>
      ))}
    </svg>
  )
}
