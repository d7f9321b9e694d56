import { sessionStore } from '../../app/sessionStore'
import { showDate } from '../../dates/showDate'
import { today } from '../../dates/today'
import { words } from '../../words'

/** The last six 年度, this one first; none before the municipality began. */
export function fiscalYears() {
  const day = today()
  const first = Number(day.slice(0, 4)) - (day.slice(5, 7) < '04' ? 1 : 0)
  const since = Math.min(first, sessionStore.get()?.municipality?.since ?? 0)
  const years = Array.from({ length: 6 }, (_, i) => first - i).filter(y => y >= since)
  return years.map(String).map(y => ({
    value: y,
    label: words.archive.fiscalYear(showDate(`${y}-04-01`, 'wareki').split('年')[0] ?? '', y),
  }))
}
