/** Letters that are written from right to left, and the blocks such letters stand in. */
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const LINES = /[^\n]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}][^\n]*/gu
const ISOLATE = '\u2068'
const END = '\u2069'

/**
 * A text in which somebody has written from right to left keeps to itself: brackets, numbers and names beside it stay where they are. Every text from the server
 * comes through here, so that no place that shows one has to think of it; all others are as they were.
 */
export function isolate<T>(value: T): T {
  if (typeof value === 'string')
    return (LEFTWARD.test(value) ? value.replace(LINES, line => ISOLATE + line + END) : value) as T
  if (Array.isArray(value)) return value.map(v => isolate(v as unknown)) as T
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, isolate(v as unknown)])) as T
  return value
}

/** Whether JSON holds anything that needs it. */
export const needsIsolating = (json: string): boolean => LEFTWARD.test(json)

/** A text as it was before: what goes to the server holds none of our marks. */
export const unisolate = (text: string): string => text.replace(/[\u2068\u2069]/g, '')
