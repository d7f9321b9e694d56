import type { Bond } from './Bond'
import { HALF, LABEL } from './layoutGenogram'

interface Point {
  x: number
  y: number
}

/** The strokes of a bond: lines, whether dotted, and where an arrow points. */
export interface Strokes {
  lines: string[]
  dotted: boolean
  arrow: string
}

/** Distance between parallel lines, height of a zigzag, how far a bond bends away from the lines of the family. */
const GAP = 4
const ZIG = 6
const BEND = 34
const STEP = 9
const ARROW = 12

/** How each kind is drawn: how many lines beside each other (0 = none), and whether a zigzag goes through. */
const SHAPE: Record<Bond['kind'], { lines: number; zigzag: boolean }> = {
  close: { lines: 2, zigzag: false },
  fused: { lines: 3, zigzag: false },
  distant: { lines: 1, zigzag: false },
  cut: { lines: 1, zigzag: false },
  conflict: { lines: 0, zigzag: true },
  mixed: { lines: 2, zigzag: true },
  abuse: { lines: 0, zigzag: true },
}

/**
 * The strokes between two people: bent, so that they do not lie on the line of a couple or go through who stands between; the next one between
 * the same two (`nth`) bends further out.
 */
export function bondBetween(kind: Bond['kind'], a: Point, b: Point, nth = 0): Strokes {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  // The same side whichever end is named first: two people have one place for what is between them.
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const side = ux > 0 || (ux === 0 && uy > 0) ? 1 : -1
  const bend = (BEND + length * 0.08) * (1 + nth * 0.9)
  const c = { x: (a.x + b.x) / 2 + uy * side * bend, y: (a.y + b.y) / 2 - ux * side * bend }
  const at = (t: number): Point => ({
    x: (1 - t) ** 2 * a.x + 2 * t * (1 - t) * c.x + t * t * b.x,
    y: (1 - t) ** 2 * a.y + 2 * t * (1 - t) * c.y + t * t * b.y,
  })
  // Somebody's name stands below their sign: what comes from there ends below the name.
  const trim = (down: number) => Math.min(0.4, (down > 0.75 ? HALF + LABEL + 6 : HALF + 6) / length)
  const [from, to] = [trim(uy), trim(-uy)]
  return strokes(kind, t => at(from + t * (1 - from - to)), length * (1 - from - to))
}

/** A sample for the legend: straight, as long as the box. */
export const bondSample = (kind: Bond['kind']): Strokes => strokes(kind, t => ({ x: 1 + t * 26, y: 14 }), 26)

function strokes(kind: Bond['kind'], at: (t: number) => Point, length: number): Strokes {
  const { lines, zigzag } = SHAPE[kind]
  const out: string[] = []
  const steps = Math.max(4, Math.round(length / STEP))
  /** A point beside the curve. */
  const beside = (t: number, off: number): string => {
    const [p, q] = [at(Math.max(0, t - 0.01)), at(Math.min(1, t + 0.01))]
    const d = Math.hypot(q.x - p.x, q.y - p.y) || 1
    const m = at(t)
    return `${(m.x - ((q.y - p.y) / d) * off).toFixed(1)} ${(m.y + ((q.x - p.x) / d) * off).toFixed(1)}`
  }
  const line = (from: number, to: number, off: (i: number) => number) => {
    const points: string[] = []
    for (let i = 0; i <= steps; i++) points.push(beside(from + ((to - from) * i) / steps, off(i)))
    return `M${points.join('L')}`
  }
  if (kind === 'cut') {
    out.push(
      line(0, 0.44, () => 0),
      line(0.56, 1, () => 0),
    )
    for (const t of [0.44, 0.56]) out.push(`M${beside(t, -8)}L${beside(t, 8)}`)
  } else {
    for (let i = 0; i < lines; i++)
      out.push(line(0, 1, () => (i - (lines - 1) / 2) * GAP * (kind === 'mixed' ? 2.6 : 1)))
  }
  const head = Math.min(0.4, ARROW / length)
  if (zigzag) out.push(line(0, kind === 'abuse' ? 1 - head : 1, i => (i === 0 || i === steps ? 0 : i % 2 ? ZIG : -ZIG)))
  const tip = kind === 'abuse' ? `M${beside(1, 0)}L${beside(1 - head, ZIG)}L${beside(1 - head, -ZIG)}Z` : ''
  return { lines: out, dotted: kind === 'distant', arrow: tip }
}
