/** Number of an agency's colour (0…9, classes .hue-0 … .hue-9): the same on every screen. */
export function hueOf(agencyId: string): number {
  let h = 0
  for (const c of agencyId) h = (h * 31 + (c.codePointAt(0) as number)) >>> 0
  return h % 10
}
