import { jstParts } from './jstParts'

/** An instant as 14:05 in Japan. */
export function showTime(instant: string | number | Date): string {
  return jstParts(instant).time
}
