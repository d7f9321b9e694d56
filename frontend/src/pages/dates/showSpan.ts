import { showInstant } from '../../dates/showInstant'
import { showTime } from '../../dates/showTime'

/** A day with its times: 令和8年12月1日（火）10:00〜11:00. */
export function showSpan(start: string, end: string): string {
  return `${showInstant(start, 'wareki')}〜${showTime(end)}`
}
