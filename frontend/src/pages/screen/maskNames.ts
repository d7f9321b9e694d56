import type { Person } from '../../api/cases'
import { graphemes } from '../../text/graphemes'

/** Replaces the names of the household, whole or by family and given name, by initials of their reading: 「た」さん. */
export function maskNames(persons: readonly Person[]): (text: string) => string {
  const pairs: [string, string][] = []
  for (const p of persons) {
    if (!p.name) continue
    const initial = `「${graphemes(p.kana || p.initial || p.name)[0] ?? ''}」`
    const parts = p.name.split(/[\s　]+/).filter(x => graphemes(x).length > 1)
    for (const name of [p.name, p.name.replace(/[\s　]+/g, ''), ...parts, p.alias ?? ''])
      if (name) pairs.push([name, initial])
  }
  pairs.sort((a, b) => b[0].length - a[0].length)
  return text => pairs.reduce((t, [name, initial]) => t.split(name).join(initial), text)
}
