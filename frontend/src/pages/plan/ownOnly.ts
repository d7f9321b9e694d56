import type { DocEntry } from '../../live/useSlots'

/** May only cells of the own agency be written, and none of the entries that holders write? */
export function ownOnly({ ref, slot }: DocEntry): boolean {
  return slot.ownAgencyOnly ?? ref.ownAgencyOnly ?? false
}
