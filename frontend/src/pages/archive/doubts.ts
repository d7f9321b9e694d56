import type { Doubt } from '../../api/copies'

/** A place of a text, as one word. */
export function doubtKey(d: Pick<Doubt, 'no' | 'from' | 'to'>): string {
  return `${d.no}.${d.from}.${d.to}`
}

/** The places of each word that would become the same, the rarest word first: it is decided soonest. */
export function grouped(doubts: readonly Doubt[]): [Doubt, Doubt[]][] {
  const groups = new Map<string, Doubt[]>()
  for (const d of doubts) {
    const key = `${d.word}\n${d.call}`
    groups.set(key, [...(groups.get(key) ?? []), d])
  }
  const list = [...groups.values()].flatMap((g): [Doubt, Doubt[]][] => (g[0] ? [[g[0], g]] : []))
  return list.sort((a, b) => a[1].length - b[1].length)
}
