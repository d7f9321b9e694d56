import { isUnion, type Relative, type Tie } from './Relative'

/** The generation of each person, 0 at the top: partners share one, children are below both parents. */
export function generations(people: readonly Relative[], ties: readonly Tie[]): Map<string, number> {
  const gen = new Map(people.map(p => [p.id, 0]))
  const at = (id: string) => gen.get(id) ?? 0
  // Each round settles one generation more; somebody who would be their own ancestor ends with the rounds.
  for (let round = 0; round <= people.length; round++) {
    let moved = false
    for (const t of ties) {
      const want = isUnion(t) ? Math.max(at(t.a), at(t.b)) : Math.max(at(t.b), at(t.a) + 1)
      for (const id of isUnion(t) ? [t.a, t.b] : [t.b]) {
        if (at(id) >= want) continue
        gen.set(id, want)
        moved = true
      }
    }
    if (!moved) break
  }
  lower(people, ties, gen)
  const used = [...new Set(gen.values())].sort((a, b) => a - b)
  for (const [id, g] of gen) gen.set(id, used.indexOf(g))
  return gen
}

/** Parents of somebody who came in by marriage stand just above their child, not at the top. */
function lower(people: readonly Relative[], ties: readonly Tie[], gen: Map<string, number>): void {
  const at = (id: string) => gen.get(id) ?? 0
  const parents = new Set(ties.filter(t => !isUnion(t)).map(t => t.b))
  for (const group of couples(people, ties)) {
    if (group.some(p => parents.has(p))) continue
    const below = ties.filter(t => !isUnion(t) && group.includes(t.a)).map(t => at(t.b))
    if (below.length) for (const p of group) gen.set(p, Math.max(at(p), Math.min(...below) - 1))
  }
}

function couples(people: readonly Relative[], ties: readonly Tie[]): string[][] {
  const group = new Map(people.map(p => [p.id, [p.id]]))
  for (const t of ties.filter(isUnion)) {
    const [a, b] = [group.get(t.a), group.get(t.b)]
    if (!a || !b || a === b) continue
    a.push(...b)
    for (const id of b) group.set(id, a)
  }
  return [...new Set(group.values())]
}
