import type { Gaiji } from '../../api/gaiji'

const FIRST = 0xe0100
const LAST = 0xe01ef

/** The code points of a text, as lists of characters write them. */
export const pointsOf = (text: string): string =>
  [...text].map(c => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ')

/** The text that pointsOf was made of; '' when it is none. */
export function textOfPoints(points: string): string {
  const codes = points.split(' ').map(p => (/^U\+[0-9A-F]{4,6}$/.test(p) ? Number.parseInt(p.slice(2), 16) : -1))
  return codes.every(c => c >= 0 && c <= 0x10ffff) ? String.fromCodePoint(...codes) : ''
}

/** Whether a text is one kanji without a number, so that one can be put behind it. */
export const isBareKanji = (text: string): boolean => /^\p{Script=Han}$/u.test(text)

/**
 * A kanji with a number that no 外字 has yet, from the end of the range: numbers that are in use everywhere begin at the other end. '' when
 * sixteen are taken, which is more than any family register needs.
 */
export function withFreeNumber(kanji: string, list: readonly Gaiji[]): string {
  for (let n = LAST; n > LAST - 16 && n >= FIRST; n--) {
    const text = kanji + String.fromCodePoint(n)
    if (!list.some(g => g.text === text)) return text
  }
  return ''
}
