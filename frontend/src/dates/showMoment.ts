import { eras } from './eras'
import { showDate } from './showDate'

/** A year, month or day in both calendars: 平成10年（1998年）, 平成10年4月（1998年）. A year of two eras is called by the later one. */
export function showMoment(moment: string): string {
  const m = /^(\d{4})(?:-(\d{2}))?$/.exec(moment)
  if (!m) return showDate(moment)
  const [, year, month] = m
  const era = eras.find(e => `${year}-${month ?? '12'}-31` >= e.from)
  if (!era) return moment
  const n = Number(year) - Number(era.from.slice(0, 4)) + 1
  const wareki = `${era.name}${n === 1 ? '元' : n}年${month ? `${Number(month)}月` : ''}`
  return `${wareki}（${year}年）`
}

/** Whole years between two moments; with years alone, the years that change. null where the second comes first or one is missing. */
export function yearsBetween(from: string, to: string): number | null {
  if (!/^\d{4}/.test(from) || !/^\d{4}/.test(to)) return null
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  const known = Math.min(from.length, to.length)
  const early = known > 4 && to.slice(5, known) < from.slice(5, known)
  const n = early ? years - 1 : years
  return n < 0 ? null : n
}
