import type { Act, Room } from '../../api/meeting'

/** The button of an act, undefined if it is not this person's part at all. */
export function findAct(room: Room, name: string): Act | undefined {
  return room.acts.find(a => a.act === name)
}
