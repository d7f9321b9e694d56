import type { Room } from '../../api/meeting'

/** The phase that follows, while the meeting goes on. */
export function nextPhase(room: Room): { id: string; label: string } | undefined {
  if (room.status !== 'open' && room.status !== 'agreeing') return undefined
  return room.phases[room.phases.findIndex(p => p.id === room.phase) + 1]
}
