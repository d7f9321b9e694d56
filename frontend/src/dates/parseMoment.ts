import { eras } from './eras'
import { parseDate } from './parseDate'

/**
 * Reads a year, a month or a day as people write it: 1998, 平成10年, H10.4, 1998年4月, 平成10年4月1日. Answers it as 1998, 1998-04 or
 * 1998-04-01, or null if there is no such time.
 */
export function parseMoment(text: string): string | null {
  const day = parseDate(text)
  if (day) return day
  const s = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const m = /^(令和|平成|昭和|大正|明治|[RHSTM])?(元|\d{1,4})年?(?:[-/.]?(\d{1,2})月?)?(?:頃|ごろ)?$/.exec(s)
  if (!m) return null
  const [, eraText, yearText, monthText] = m
  if (!eraText && yearText?.length !== 4) return null
  if (!eraText && monthText && !/[-/.年]\d{1,2}月?/.test(s)) return null
  const month = monthText ? Number(monthText) : 0
  if (monthText && (month < 1 || month > 12)) return null
  const era = eras.find(e => e.name === eraText || e.letter === eraText)
  const year = era ? Number(era.from.slice(0, 4)) + (yearText === '元' ? 1 : Number(yearText)) - 1 : Number(yearText)
  if (year < 1868 || year > 2199) return null
  if (era && !within(era.from, eras[eras.indexOf(era) - 1]?.from, year, month)) return null
  return month ? `${year}-${String(month).padStart(2, '0')}` : String(year)
}

/** Did the era run at any time of that year or month? */
function within(from: string, next: string | undefined, year: number, month: number): boolean {
  const first = month ? `${year}-${String(month).padStart(2, '0')}-01` : `${year}-01-01`
  const last = month ? `${year}-${String(month).padStart(2, '0')}-31` : `${year}-12-31`
  return last >= from && (!next || first < next)
}
