import { eras } from './eras'

/** An ISO date as 令和8年4月1日（2026年）; `short` as R8.4.1. A partial date or anything else is given back as it is. */
export function showDate(date: string, style: 'both' | 'wareki' | 'short' = 'both'): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!m) return date
  const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])]
  const era = eras.find(e => date >= e.from)
  if (!era) return `${y}年${mo}月${d}日`
  const year = y - Number(era.from.slice(0, 4)) + 1
  if (style === 'short') return `${era.letter}${year}.${mo}.${d}`
  const wareki = `${era.name}${year === 1 ? '元' : year}年${mo}月${d}日`
  return style === 'both' ? `${wareki}（${y}年）` : wareki
}
