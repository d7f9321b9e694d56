/** The newest months up to the one of a day, newest first: 「2026-11」. */
export function lastMonths(day: string, count: number): string[] {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Array.from({ length: count }, (_, i) => {
    const n = at - i
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
  })
}
