import type { Link } from './Link'

export const WIDTH = 1000
/** Height of the drawing; more places than fit make it higher. */
const HEIGHT = 640
/** Half sizes of a box around the household, and the radius of a person within it. */
export const BOX = { w: 84, h: 28 }
export const FACE = 30

export interface Face {
  id: string
  x: number
  y: number
}

export interface Place {
  key: string
  name: string
  x: number
  y: number
}

export interface Thread {
  link: Link
  x1: number
  y1: number
  x2: number
  y2: number
}

export interface Ecomap {
  height: number
  centre: Point
  household: { rx: number; ry: number }
  faces: Face[]
  places: Place[]
  threads: Thread[]
}

interface Point {
  x: number
  y: number
}

/** Places in the top and the bottom row, and so many that an ellipse holds them without one lying on another. */
const ACROSS = 5
const ROUND = 10

/** Two links lead to one place when they name the same agency or write the same name. */
export const placeKey = (l: Link): string => (l.agency ? `a:${l.agency}` : `n:${l.name.trim()}`)

/** Puts the household into the middle and what it has to do with around it, each near whom it is linked to. */
export function layoutEcomap(persons: readonly string[], links: readonly Link[], nameOf: (l: Link) => string): Ecomap {
  const groups = new Map<string, Link[]>()
  for (const l of links) groups.set(placeKey(l), [...(groups.get(placeKey(l)) ?? []), l])
  const height = Math.max(HEIGHT, groups.size > ROUND ? (rowsFor(groups.size) + 2) * (BOX.h * 2 + 14) : 0)
  const [X, Y] = [WIDTH / 2, height / 2]
  const inner = persons.length > 1 ? 46 + persons.length * 11 : 0
  const household = { rx: inner + 66, ry: inner * 0.8 + 62 }
  const faces = persons.map((id, i) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / persons.length
    return { id, x: X + inner * Math.cos(angle), y: Y + inner * 0.8 * Math.sin(angle) }
  })
  const face = new Map(faces.map(f => [f.id, f]))
  const towards = (group: readonly Link[]) => {
    const to = group.map(l => face.get(l.person) ?? { x: X, y: Y })
    return Math.atan2(sum(to.map(f => f.y - Y)), sum(to.map(f => f.x - X)))
  }
  const order = [...groups]
    .map(([key, group]) => ({ key, group, angle: towards(group) }))
    .sort((a, b) => a.angle - b.angle)
  const spots = around(order.length, height)
  const places = order.map(({ key, group }, i) => ({ key, name: nameOf(group[0] as Link), ...(spots[i] as Point) }))
  const place = new Map(places.map(p => [p.key, p]))
  const threads = links.flatMap(link => {
    const to = place.get(placeKey(link))
    if (!to) return []
    const f = face.get(link.person)
    const from = f ? edgeOfCircle(f, to) : edgeOfEllipse(household, { x: X, y: Y }, to)
    return [{ link, ...from, ...edgeOfBox(to, f ?? { x: X, y: Y }) }]
  })
  return { height, centre: { x: X, y: Y }, household, faces, places, threads }
}

/** Where n places stand, going round from the left: on an ellipse, or when they are many along the four sides. */
function around(n: number, height: number): Point[] {
  const [rx, ry] = [WIDTH / 2 - BOX.w - 10, height / 2 - BOX.h - 10]
  const at = (fx: number, fy: number) => ({ x: WIDTH / 2 + rx * fx, y: height / 2 + ry * fy })
  if (n <= ROUND)
    return Array.from({ length: n }, (_, i) => {
      const angle = -Math.PI + (2 * Math.PI * (i + 0.5)) / n
      return at(Math.cos(angle), Math.sin(angle))
    })
  const down = rowsFor(n)
  const side = (i: number) => -1 + (2 * (i + 1)) / (down + 1)
  const over = (i: number) => -1 + (2 * i) / (ACROSS - 1)
  const left = Array.from({ length: down }, (_, i) => at(-1, side(i)))
  const right = Array.from({ length: down }, (_, i) => at(1, side(i)))
  const top = Array.from({ length: ACROSS }, (_, i) => at(over(i), -1))
  const bottom = Array.from({ length: ACROSS }, (_, i) => at(over(i), 1))
  const half = Math.floor(down / 2)
  const ring = [...left.slice(0, half).reverse(), ...top, ...right, ...bottom.reverse(), ...left.slice(half).reverse()]
  return Array.from({ length: n }, (_, i) => ring[Math.floor(((i + 0.5) * ring.length) / n)] as Point)
}

const sum = (ns: readonly number[]) => ns.reduce((a, b) => a + b, 0)

const rowsFor = (n: number) => Math.max(7, Math.ceil((n - 2 * ACROSS) / 2))

function edgeOfCircle(c: Point, to: Point): { x1: number; y1: number } {
  const d = Math.hypot(to.x - c.x, to.y - c.y) || 1
  return { x1: c.x + ((to.x - c.x) * FACE) / d, y1: c.y + ((to.y - c.y) * FACE) / d }
}

function edgeOfEllipse(e: { rx: number; ry: number }, c: Point, to: Point): { x1: number; y1: number } {
  const [dx, dy] = [to.x - c.x, to.y - c.y]
  const t = 1 / (Math.hypot(dx / e.rx, dy / e.ry) || 1)
  return { x1: c.x + dx * t, y1: c.y + dy * t }
}

function edgeOfBox(box: Point, from: Point): { x2: number; y2: number } {
  const [dx, dy] = [from.x - box.x, from.y - box.y]
  const t = 1 / Math.max(Math.abs(dx) / (BOX.w + 4), Math.abs(dy) / (BOX.h + 4), 1e-6)
  return { x2: box.x + dx * t, y2: box.y + dy * t }
}
