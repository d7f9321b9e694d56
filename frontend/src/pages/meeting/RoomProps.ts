import type { Room } from '../../api/meeting'

/** What every part of the room gets. */
export interface RoomProps {
  room: Room
  act: (act: string, params?: object) => Promise<void>
}
