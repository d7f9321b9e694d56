import type { MeetingRef } from '../../api/meeting'

/** The meetings of a list in blocks: those of one 開催 together in their order, where the first of them stood. */
export function groupMeetings(list: readonly MeetingRef[]): MeetingRef[][] {
  const blocks: MeetingRef[][] = []
  const of = new Map<string, MeetingRef[]>()
  for (const m of list) {
    const block = m.sitting ? of.get(m.sitting) : undefined
    if (block) {
      block.push(m)
      continue
    }
    const made = [m]
    blocks.push(made)
    if (m.sitting) of.set(m.sitting, made)
  }
  for (const b of blocks) b.sort((a, c) => (a.pos ?? 0) - (c.pos ?? 0))
  return blocks
}
