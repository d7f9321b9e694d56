import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256 } from './sha256'

test('equals the platform for every length around the block borders', () => {
  for (let n = 0; n < 200; n++) {
    const text = '支a𠮷'.repeat(n).slice(0, n)
    const whole = /[\ud800-\udbff]$/.test(text) ? `${text.slice(0, -1)}x` : text
    expect(sha256(whole)).toBe(createHash('sha256').update(whole).digest('hex'))
  }
})
