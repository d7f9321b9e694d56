/** The instant of a day and a clock time in Japan, RFC 3339 in UTC. */
export function jstInstant(date: string, time: string): string {
  return new Date(`${date}T${time || '00:00'}:00+09:00`).toISOString()
}
