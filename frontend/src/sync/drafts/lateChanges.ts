import * as Y from 'yjs'
import type { LateChange } from '../LateChange'
import type { Draft } from './Draft'
import { ownTexts } from './ownTexts'

/** The fields in which these drafts arrive late, with what stands beside them in the document now. */
export function lateChanges(ydoc: Y.Doc, name: string, drafts: readonly Draft[]): LateChange[] {
  const first = drafts[0]
  if (!first) return []
  const base = first.base.length ? Y.decodeStateVector(first.base) : new Map<number, number>()
  const own = ownTexts(drafts)
  const mine = new Set(drafts.flatMap(d => Y.decodeUpdate(d.update).structs.map(s => s.id.client)))
  const since = first.at
  const texts = [...new Set(drafts.flatMap(d => d.texts))].map(key => {
    const text = ydoc.getText(`t:${key}`)
    return { doc: name, key, since, own: own[key] ?? '', others: written(text, base, mine), now: text.toString() }
  })
  const values = Object.assign({}, ...drafts.map(d => d.values)) as Draft['values']
  const map = ydoc.getMap('v')
  const scalars = Object.entries(values).map(([key, v]) => {
    const now = show(map.get(key))
    return { doc: name, key, since, own: show(v), others: now === show(v) ? '' : now, now }
  })
  return [...texts, ...scalars.filter(s => !/\/(ord|del)$/.test(s.key))]
}

const show = (v: unknown) => (v === null || v === undefined ? '' : String(v))

/** What others wrote in a text since a state, as far as it still stands. */
function written(text: Y.Text, base: Map<number, number>, mine: Set<number>): string {
  const pieces: string[] = []
  let open = false
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const known = (base.get(item.id.client) ?? 0) - item.id.clock
    const fresh = mine.has(item.id.client) || known >= item.length ? '' : item.content.str.slice(Math.max(0, known))
    if (fresh) pieces.push(`${!open || known > 0 ? '\n' : ''}${fresh}`)
    open = fresh !== ''
  }
  return pieces.join('').trim()
}
