import { eras } from './eras'

/**
 * Reads a day as people write it: R8.4.1, 令和8年4月1日, 令和元年5月1日, 2026/4/1, 2026-04-01, 20260401 (also full-width).
 * Answers the ISO date, or null if there is no such day or the era had not begun or was over (昭和64年 ends on 1/7).
 */
export function parseDate(text: string): string | null {
  const s = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(s)
  if (compact) return iso(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const m = /^(令和|平成|昭和|大正|明治|[RHSTM])?(元|\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(s)
  if (!m) return null
  const [, eraText, yearText, month, day] = m
  const year = yearText === '元' ? 1 : Number(yearText)
  if (!eraText) return yearText?.length === 4 ? iso(year, Number(month), Number(day)) : null
  const i = eras.findIndex(e => e.name === eraText || e.letter === eraText)
  const era = eras[i]
  if (!era || year < 1) return null
  const date = iso(Number(era.from.slice(0, 4)) + year - 1, Number(month), Number(day))
  const next = eras[i - 1]
  return date && date >= era.from && (!next || date < next.from) ? date : null
}

function iso(y: number, m: number, d: number): string | null {
  const date = new Date(Date.UTC(y, m - 1, d))
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}
