import type { DocEntry } from '../../live/useSlots'
import { mergeRows } from '../plan/mergeRows'
import type { PlanRow } from '../plan/PlanRow'
import type { Place } from '../plan/useRowAdder'
import type { Bond } from './Bond'

/** A 関係性 with the rows it is made of. */
export interface BondRow extends Bond {
  halves: PlanRow[]
}

/**
 * 関係性: each is two rows of one id, one in the document of each person. Of a 世帯員 that is their own 家族 (虐待・DV for 虐待), of a relative the
 * household's 家族. So a line is drawn only for who is shown both; what kind it is stands with a 世帯員, never with a relative alone.
 */
export function bondsOf(entries: readonly DocEntry[]): BondRow[] {
  const found = new Map<string, PlanRow[]>()
  for (const r of mergeRows(entries, 'bond')) found.set(r.id, [...(found.get(r.id) ?? []), r])
  return [...found].flatMap(([id, halves]) => {
    const value = (r: PlanRow, name: string) => String(r.doc.values.get(`bond/${r.id}/${name}`) ?? '')
    const end = (name: string) => {
      const r = halves.find(h => value(h, 'end') === name)
      return r ? value(r, 'who') || r.entry.ref.personId : ''
    }
    const kind = halves.map(r => value(r, 'kind')).find(Boolean) as Bond['kind'] | undefined
    return kind && end('a') && end('b') ? [{ id, a: end('a'), b: end('b'), kind, halves }] : []
  })
}

/** One row of a 関係性, and the document it belongs into. */
export interface Half {
  end: 'a' | 'b'
  place: Place
  values: Record<string, string>
}

/** Where the two halves of a 関係性 belong. */
export function halvesOf(bond: Omit<Bond, 'id'>, isPerson: (id: string) => boolean): Half[] {
  const item = bond.kind === 'abuse' ? 'abuse' : 'family'
  const said = isPerson(bond.a) || !isPerson(bond.b) ? 'a' : 'b'
  return (['a', 'b'] as const).map(end => {
    const id = bond[end]
    const kind: Record<string, string> = end === said ? { kind: bond.kind } : {}
    return isPerson(id)
      ? { end, place: { personId: id, item }, values: kind }
      : { end, place: { personId: '', item: 'family' }, values: { ...kind, who: id } }
  })
}

/** Takes a 関係性 away, or brings it back: both of its rows. */
export const setBondGone = (bond: BondRow, gone: boolean) => {
  for (const r of bond.halves) r.doc.values.set({ [`bond/${r.id}/del`]: gone })
}
