import type { DocEntry } from '../../live/useSlots'
import { compareRows, listRows } from '../../text/listRows'
import type { PlanRow } from './PlanRow'

/** The rows of one kind over all open documents, in their common order. */
export function mergeRows(entries: readonly DocEntry[], kind: string): PlanRow[] {
  return entries
    .flatMap(entry => {
      const doc = entry.slot.doc
      return doc?.loaded ? listRows(doc.values, kind).map(r => ({ ...r, entry, doc })) : []
    })
    .sort(compareRows)
}
