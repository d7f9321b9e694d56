const DAY = '日月火水木金土'

/** Day and clock of an instant in Japan, whatever the computer's own zone. */
export function jstParts(instant: string | number | Date): { date: string; time: string; weekday: string } {
  const t = new Date(new Date(instant).getTime() + 9 * 3600_000)
  const iso = t.toISOString()
  return { date: iso.slice(0, 10), time: iso.slice(11, 16), weekday: DAY[t.getUTCDay()] as string }
}
