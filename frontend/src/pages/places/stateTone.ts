import type { PlaceState } from '../../api/places'

/** How the state of a place is coloured; the word stands beside it. */
export function stateTone(state: PlaceState): 'good' | 'key' | 'warn' | 'plain' {
  return ({ open: 'good', preparing: 'key', paused: 'warn', ended: 'plain' } as const)[state]
}
