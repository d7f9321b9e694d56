const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * A key that sorts (as ASCII) after `before` and in front of `after`; '' means no neighbour. Keys never end in the lowest
 * digit, so there is always room for another between any two.
 */
export function ordBetween(before: string, after: string): string {
  if (after !== '' && before >= after) return `${before}V` // two rows with one key: anything behind the first will do
  let out = ''
  for (let i = 0; ; i++) {
    const low = i < before.length ? DIGITS.indexOf(before[i] as string) : 0
    const high = after !== '' && i < after.length ? DIGITS.indexOf(after[i] as string) : DIGITS.length
    if (high - low > 1) return out + DIGITS[(low + high) >> 1]
    out += DIGITS[low]
    if (high > low) after = '' // from here on every digit is below `after`
  }
}
