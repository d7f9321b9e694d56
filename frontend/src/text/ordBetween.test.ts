import { expect, test } from 'vitest'
import { ordBetween } from './ordBetween'

test('there is always room between two keys', () => {
  let seed = 7
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return seed / 0x7fffffff
  }
  const list: string[] = []
  for (let i = 0; i < 2000; i++) {
    const at = Math.floor(random() * (list.length + 1))
    const key = ordBetween(list[at - 1] ?? '', list[at] ?? '')
    expect(key).toMatch(/^[0-9A-Za-z]+$/)
    if (at > 0) expect(key > (list[at - 1] as string)).toBe(true)
    if (at < list.length) expect(key < (list[at] as string)).toBe(true)
    list.splice(at, 0, key)
  }
})

test('always in front and always behind', () => {
  let [first, last] = ['V', 'V']
  for (let i = 0; i < 300; i++) {
    const a = ordBetween('', first)
    const b = ordBetween(last, '')
    expect(a < first && b > last).toBe(true)
    ;[first, last] = [a, b]
  }
})
