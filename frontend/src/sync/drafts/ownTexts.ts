import * as Y from 'yjs'
import type { Draft } from './Draft'

/** One UTF-16 unit the user typed. */
interface Unit {
  id: string
  char: string
}

/** Letters in a row, with text of others (which is not known here) before and behind. */
interface Run {
  key: string
  units: Unit[]
}

const idOf = (client: number, clock: number) => `${client}:${clock}`

/**
 * What the user wrote in these drafts, by the key of the text: only letters of these drafts, never a letter of others. Pieces
 * that lie apart are on lines of their own. The drafts are in the order written.
 */
export function ownTexts(drafts: readonly Pick<Draft, 'update' | 'texts'>[]): Record<string, string> {
  const runs: Run[] = []
  const place = new Map<string, Run>()
  for (const { update, texts } of drafts) {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const s of structs) {
      if (s instanceof Y.Item && s.content instanceof Y.ContentString)
        put(s, s.content.str, texts[0] ?? '', runs, place)
    }
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) for (let i = 0; i < len; i++) drop(idOf(client, clock + i), place)
    }
  }
  const out: Record<string, string> = {}
  for (const { key, units } of runs) {
    const text = units.map(u => u.char).join('')
    if (text) out[key] = out[key] ? `${out[key]}\n${text}` : text
  }
  return out
}

function put(s: Y.Item, text: string, fallback: string, runs: Run[], place: Map<string, Run>): void {
  const left = s.origin && place.get(idOf(s.origin.client, s.origin.clock))
  const right = s.rightOrigin && place.get(idOf(s.rightOrigin.client, s.rightOrigin.clock))
  let run = left || right
  let at = 0
  if (left && s.origin) at = indexOf(left, s.origin) + 1
  else if (right && s.rightOrigin) at = indexOf(right, s.rightOrigin)
  else {
    const root = s.parent as unknown
    run = { key: typeof root === 'string' ? root.replace(/^t:/, '') : fallback, units: [] }
    runs.push(run)
  }
  const target = run as Run
  const units = text.split('').map((char, i) => ({ id: idOf(s.id.client, s.id.clock + i), char }))
  target.units.splice(at, 0, ...units)
  for (const u of units) place.set(u.id, target)
}

const indexOf = (run: Run, id: Y.ID) => run.units.findIndex(u => u.id === idOf(id.client, id.clock))

/** A letter taken back keeps its place, for later ones may stand beside it. */
function drop(id: string, place: Map<string, Run>): void {
  const unit = place.get(id)?.units.find(u => u.id === id)
  if (unit) unit.char = ''
}
