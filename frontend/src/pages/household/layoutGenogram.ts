import { generations } from './generations'
import { isUnion, type Relative, type Tie } from './Relative'

/** Distances in the drawing, in its own units: one column, one generation, half of a symbol, and the label under it. */
export const COLUMN = 120
export const ROW = 170
export const HALF = 22
export const LABEL = 40

export interface Spot {
  person: Relative
  x: number
  y: number
}

/** A line between partners; `bracket` goes below their names because somebody stands between them. */
export interface Union {
  tie: Tie | null
  from: Spot
  to: Spot
  bracket: boolean
}

/** Children of two parents or of one, hung from one point. */
export interface Brood {
  x: number
  y: number
  /** Height of the line above the children. */
  bar: number
  children: { spot: Spot; adopted: boolean }[]
}

export interface Genogram {
  spots: Spot[]
  unions: Union[]
  broods: Brood[]
  width: number
  height: number
}

interface Family {
  parents: string[]
  children: string[]
}

/** Lays out people by generation: partners side by side, children below them with the eldest on the left. */
export function layoutGenogram(people: readonly Relative[], ties: readonly Tie[]): Genogram {
  const byId = new Map(people.map(p => [p.id, p]))
  const known = ties.filter(t => t.a !== t.b && byId.has(t.a) && byId.has(t.b))
  const gen = generations(people, known)
  const families = familiesOf(people, known)
  const column = new Placer(people, known, gen, families).place()
  const left = Math.min(0, ...column.values())
  const spots = people.map(person => ({
    person,
    x: ((column.get(person.id) ?? 0) - left + 0.5) * COLUMN,
    y: (gen.get(person.id) ?? 0) * ROW + ROW / 2,
  }))
  const spot = new Map(spots.map(s => [s.person.id, s]))
  const unions = unionsOf(known, families, spot)
  return {
    spots,
    unions,
    broods: broodsOf(known, families, spot, unions),
    width: Math.max(COLUMN, ...spots.map(s => s.x + COLUMN / 2)),
    height: Math.max(ROW, ...spots.map(s => s.y + ROW / 2)),
  }
}

function familiesOf(people: readonly Relative[], ties: readonly Tie[]): Family[] {
  const families = new Map<string, Family>()
  for (const p of people) {
    const parents = [...new Set(ties.filter(t => !isUnion(t) && t.b === p.id).map(t => t.a))].sort()
    if (!parents.length) continue
    const key = parents.join(' ')
    const f = families.get(key) ?? { parents, children: [] }
    f.children.push(p.id)
    families.set(key, f)
  }
  const birth = new Map(people.map((p, i) => [p.id, `${p.birth || '9999'}${String(i).padStart(4, '0')}`]))
  const list = [...families.values()]
  for (const f of list) f.children.sort((a, b) => ((birth.get(a) ?? '') < (birth.get(b) ?? '') ? -1 : 1))
  return list
}

/** Finds a column for each person. */
class Placer {
  private readonly column = new Map<string, number>()
  private readonly end = new Map<number, number>()
  private readonly sex: Map<string, string>

  constructor(
    private readonly people: readonly Relative[],
    private readonly ties: readonly Tie[],
    private readonly gen: Map<string, number>,
    private readonly families: readonly Family[],
  ) {
    this.sex = new Map(people.map(p => [p.id, p.sex]))
  }

  place(): Map<string, number> {
    const child = new Set(this.families.flatMap(f => f.children))
    const roots = this.people
      .filter(p => !child.has(p.id) && !this.partners(p.id).some(x => child.has(x)))
      .sort((a, b) => this.level(a.id) - this.level(b.id) || this.below(b.id) - this.below(a.id))
    for (const p of roots) if (!this.column.has(p.id)) this.unit(p.id)
    for (const p of this.people) if (!this.column.has(p.id)) this.unit(p.id) // a ring of parents, whatever it means
    this.spread()
    return this.column
  }

  /** Nobody stands on somebody else, whatever tangle the lines are. */
  private spread(): void {
    const rows = new Map<number, string[]>()
    for (const id of this.column.keys()) rows.set(this.level(id), [...(rows.get(this.level(id)) ?? []), id])
    for (const row of rows.values()) {
      row.sort((a, b) => (this.column.get(a) ?? 0) - (this.column.get(b) ?? 0))
      row.forEach((id, i) => {
        const before = row[i - 1]
        const least = before === undefined ? Number.NEGATIVE_INFINITY : (this.column.get(before) ?? 0) + 1
        this.column.set(id, Math.max(this.column.get(id) ?? 0, least))
      })
    }
  }

  private level = (id: string) => this.gen.get(id) ?? 0

  /** How many generations hang below: the longest line is drawn first. */
  private below(id: string, seen = new Set<string>()): number {
    if (seen.has(id)) return 0
    seen.add(id)
    return Math.max(0, ...this.childrenOf([id]).map(c => 1 + this.below(c, seen)))
  }

  private partners(id: string): string[] {
    const out = this.ties.filter(t => isUnion(t) && (t.a === id || t.b === id)).map(t => (t.a === id ? t.b : t.a))
    for (const f of this.families) if (f.parents.includes(id)) out.push(...f.parents.filter(x => x !== id))
    return [...new Set(out)]
  }

  private childrenOf(ids: readonly string[]): string[] {
    return [...new Set(this.families.filter(f => f.parents.some(p => ids.includes(p))).flatMap(f => f.children))]
  }

  /** Places a person with partners, and below them their children first, so that they stand over the middle of them. */
  private unit(id: string): void {
    const together = this.inOrder(id)
    const row = this.level(id)
    for (const x of together) this.column.set(x, Number.NaN) // taken, not yet known where
    const before = this.end.get(row) ?? 0
    const children = this.childrenOf(together)
    for (const c of children) if (!this.column.has(c)) this.unit(c)
    const at = children.map(c => this.column.get(c) ?? Number.NaN).filter(x => !Number.isNaN(x))
    const middle = at.length ? (Math.min(...at) + Math.max(...at)) / 2 : before + (together.length - 1) / 2
    const start = Math.max(before, middle - (together.length - 1) / 2)
    const shift = start - (middle - (together.length - 1) / 2)
    if (shift > 0 && at.length) for (const c of children) this.move(c, shift, new Set(together))
    together.forEach((x, i) => {
      this.column.set(x, start + i)
    })
    this.end.set(row, start + together.length)
  }

  /** Moves somebody with all that hangs below. */
  private move(id: string, by: number, seen: Set<string>): void {
    if (seen.has(id)) return
    const group = [id, ...this.partners(id).filter(p => this.level(p) === this.level(id))].filter(p => !seen.has(p))
    for (const p of group) {
      seen.add(p)
      const at = this.column.get(p)
      if (at === undefined || Number.isNaN(at)) continue
      this.column.set(p, at + by)
      this.end.set(this.level(p), Math.max(this.end.get(this.level(p)) ?? 0, at + by + 1))
    }
    for (const c of this.childrenOf(group)) this.move(c, by, seen)
  }

  /** A person and the partners that are not placed yet, men on the left; who has two stands between them. */
  private inOrder(id: string): string[] {
    const free = this.partners(id).filter(p => !this.column.has(p) && this.level(p) === this.level(id))
    if (free.length === 1 && free[0]) {
      const manLast = this.sex.get(free[0]) === 'male' && this.sex.get(id) !== 'male'
      return manLast ? [free[0], id] : [id, free[0]]
    }
    const half = Math.floor(free.length / 2)
    return [...free.slice(0, half), id, ...free.slice(half)]
  }
}

function unionsOf(ties: readonly Tie[], families: readonly Family[], spot: Map<string, Spot>): Union[] {
  const pairs: { tie: Tie | null; a: string; b: string }[] = ties
    .filter(isUnion)
    .map(tie => ({ tie, a: tie.a, b: tie.b }))
  for (const { parents } of families) {
    const [a, b] = parents
    if (!a || !b || pairs.some(p => (p.a === a && p.b === b) || (p.a === b && p.b === a))) continue
    pairs.push({ tie: null, a, b }) // parents of one child of whom no more is known
  }
  return pairs.flatMap(({ tie, a, b }) => {
    const [x, y] = [spot.get(a), spot.get(b)]
    if (!x || !y) return []
    const [from, to] = x.x <= y.x ? [x, y] : [y, x]
    return [{ tie, from, to, bracket: to.x - from.x > COLUMN * 1.01 || from.y !== to.y }]
  })
}

function broodsOf(
  ties: readonly Tie[],
  families: readonly Family[],
  spot: Map<string, Spot>,
  unions: readonly Union[],
): Brood[] {
  const perRow = new Map<number, number>()
  return families.flatMap(f => {
    const children = f.children.flatMap(c => {
      const s = spot.get(c)
      const adopted = ties.some(t => t.b === c && t.kind === 'adopted' && f.parents.includes(t.a))
      return s ? [{ spot: s, adopted }] : []
    })
    const [a, b] = f.parents.map(p => spot.get(p))
    const top = Math.min(...children.map(c => c.spot.y))
    if (!a || !children.length) return []
    const nth = perRow.get(top) ?? 0
    perRow.set(top, nth + 1)
    const union = b && unions.find(u => (u.from === a && u.to === b) || (u.from === b && u.to === a))
    const below = Math.max(a.y, b?.y ?? a.y) + HALF + LABEL
    return [
      {
        x: union ? (union.from.x + union.to.x) / 2 : a.x,
        y: union && !union.bracket ? a.y : below,
        bar: top - HALF - 16 - (nth % 3) * 7,
        children,
      },
    ]
  })
}
