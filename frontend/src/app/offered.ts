/** The choices that are offered: those in use, and what was chosen before it went out of use. */
export function offered<T extends { code: string; retired?: boolean }>(
  list: readonly T[],
  chosen: readonly string[] = [],
): T[] {
  return list.filter(c => !c.retired || chosen.includes(c.code))
}
