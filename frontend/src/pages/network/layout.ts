import type { Network, NetworkNode } from '../../api/network'

/** As many stand in the picture: more cannot be told apart. */
export const MOST = 18

const SIZE = 620
const RING = 205

export interface Spot {
  node: NetworkNode
  x: number
  y: number
  r: number
  /** Where its name is written. */
  labelX: number
  labelY: number
  anchor: 'start' | 'middle' | 'end'
}

export interface Line {
  a: Spot
  b: Spot
  width: number
  /** つなぎ alone, without a case in common. */
  thin: boolean
}

export interface Layout {
  size: number
  spots: Spot[]
  lines: Line[]
}

/** The agencies on a ring, those who work together beside each other as far as it goes; circles by cases, lines by cases in common. */
export function layout(n: Network): Layout {
  const order = ring(n, n.nodes.slice(0, MOST))
  const most = Math.max(1, ...order.map(x => x.cases))
  const spots = order.map((node, i) => {
    const angle = (2 * Math.PI * i) / order.length - Math.PI / 2
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const r = 8 + 20 * Math.sqrt(node.cases / most)
    const far = RING + r + 10
    return {
      node,
      x: SIZE / 2 + RING * cos,
      y: SIZE / 2 + RING * sin,
      r,
      labelX: SIZE / 2 + far * cos,
      labelY: SIZE / 2 + far * sin + 5,
      anchor: cos > 0.2 ? ('start' as const) : cos < -0.2 ? ('end' as const) : ('middle' as const),
    }
  })
  const at = new Map(spots.map(s => [s.node.id, s]))
  const strongest = Math.max(1, ...n.ties.map(t => t.cases))
  const lines = n.ties.flatMap(t => {
    const [a, b] = [at.get(t.a), at.get(t.b)]
    return a && b ? [{ a, b, width: t.cases ? 1 + 8 * (t.cases / strongest) : 1, thin: t.cases === 0 }] : []
  })
  return { size: SIZE, spots, lines }
}

/** Begins with the busiest and goes on with whoever of the rest shares most with the last. */
function ring(n: Network, nodes: readonly NetworkNode[]): NetworkNode[] {
  const shared = new Map(n.ties.map(t => [`${t.a} ${t.b}`, t.cases * 2 + t.referrals]))
  const between = (a: string, b: string) => shared.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? 0
  const left = [...nodes]
  const out: NetworkNode[] = []
  for (let last = left.shift(); last; ) {
    out.push(last)
    const from = last.id
    let best = 0
    for (let i = 1; i < left.length; i++) {
      if (between(from, left[i]?.id ?? '') > between(from, left[best]?.id ?? '')) best = i
    }
    last = left.splice(best, 1)[0]
  }
  return out
}
