import type { Mark } from '../../api/copies'

const SELECTOR = /[\p{Mn}\p{Variation_Selector}]/u

/** Adds ranges to marks; what is marked already keeps its ground, and nothing overlaps. */
export function addMarks(have: readonly Mark[], more: readonly Mark[]): Mark[] {
  const out = new Map<number, Mark[]>()
  for (const m of have) out.set(m.no, [...(out.get(m.no) ?? []), m])
  for (const m of more) {
    let left: Mark[] = [m]
    for (const h of out.get(m.no) ?? []) {
      left = left.flatMap(x => [
        ...(x.from < h.from ? [{ ...x, to: Math.min(x.to, h.from) }] : []),
        ...(x.to > h.to ? [{ ...x, from: Math.max(x.from, h.to) }] : []),
      ])
    }
    out.set(m.no, [...(out.get(m.no) ?? []), ...left.filter(x => x.to > x.from)])
  }
  return [...out.values()].flat().sort((a, b) => a.no - b.no || a.from - b.from)
}

/** Code points before an offset of a JavaScript string. */
export const points = (text: string, offset: number): number => [...text.slice(0, offset)].length

/** The text as the copy will show it. */
export function blackened(text: string, marks: readonly Mark[]): string {
  return [...text]
    .map((c, i) => {
      if (!marks.some(m => i >= m.from && i < m.to)) return c
      if (c === '\n') return c
      return SELECTOR.test(c) ? '' : '■'
    })
    .join('')
}
