export type ScreenKind = 'room' | 'person' | 'recorder'

/** Which screen an address asks for; what is not known is the one of the room. */
export function kindOf(search: string): ScreenKind {
  const kind = new URLSearchParams(search).get('kind')
  return kind === 'person' || kind === 'recorder' ? kind : 'room'
}
