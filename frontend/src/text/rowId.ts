const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A new row id: 12 characters [a-z0-9]; works without a secure context. */
export function rowId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, b => LETTERS[b % LETTERS.length]).join('')
}
