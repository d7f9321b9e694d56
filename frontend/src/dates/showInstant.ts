import { jstParts } from './jstParts'
import { showDate } from './showDate'

/** An instant as 令和8年4月1日（2026年）14:05 in Japan. */
export function showInstant(instant: string | number | Date, style: 'both' | 'wareki' | 'short' = 'both'): string {
  const { date, time, weekday } = jstParts(instant)
  return style === 'short' ? `${showDate(date, 'short')} ${time}` : `${showDate(date, style)}（${weekday}）${time}`
}
