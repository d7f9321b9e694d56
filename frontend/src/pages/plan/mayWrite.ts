import type { DocEntry } from '../../live/useSlots'

/** May rows and prose of this document be written now? */
export function mayWrite({ ref, slot }: DocEntry): boolean {
  return ref.write && !ref.frozen && !slot.frozen && Boolean(slot.doc?.loaded) && !slot.doc?.readOnly
}
