import { expect, test } from 'vitest'
import { cleanText } from './cleanText'
import { diffText } from './diffText'
import { isPair } from './isPair'

const apply = (a: string, b: string, caret?: number) => {
  const s = diffText(a, b, caret)
  expect(a.slice(0, s.from) + s.insert + a.slice(s.from + s.remove)).toBe(b)
  for (const at of [s.from, s.from + s.remove]) expect(isPair(a, at - 1)).toBe(false)
  return s
}

test.each([
  ['𠮷野', '𠮟野'], // same first half of the pair
  ['邉\u{E0100}', '邉\u{E0101}'],
  ['邉', '邉\u{E0100}'],
  ['👨‍👩‍👧と', '👨‍👩‍👦と'],
  ['か', 'か\u3099'],
  ['\uFA10', '\u585A'],
  ['', '日本語'],
  ['支援計画', ''],
])('%j → %j never cuts a character', (a, b) => {
  const s = apply(a, b)
  expect(s.from === 0 || s.insert.length + s.remove > 0).toBe(true)
})

test('a name with a variation selector is replaced whole', () => {
  expect(diffText('渡邉\u{E0100}様', '渡邉\u{E0101}様')).toEqual({ from: 1, remove: 3, insert: '邉\u{E0101}' })
})

test('among equal letters the caret decides', () => {
  expect(diffText('ああ', 'あああ', 1)).toEqual({ from: 0, remove: 0, insert: 'あ' })
  expect(diffText('ああ', 'あああ', 3)).toEqual({ from: 2, remove: 0, insert: 'あ' })
})

test('random texts', () => {
  const parts = ['あ', 'い', '𠮷', '𠮟', '邉\u{E0100}', '邉', '\n', 'a', '👨‍👩‍👧', 'か\u3099', '🇯🇵']
  let seed = 20261123
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x7fffffff) * n)
  }
  for (let i = 0; i < 5000; i++) {
    const text = () => Array.from({ length: random(12) }, () => parts[random(parts.length)]).join('')
    const [a, b] = [text(), text()]
    apply(a, b)
  }
})

test('a paste is cleaned, names are not', () => {
  expect(cleanText('a\u0000b\r\nc\u202ed\ud800e\tf')).toBe('ab\ncde\tf')
  expect(cleanText('渡\ue000邉')).toBe('渡〓邉')
  const names = '\uFA10\uFA19髙𠮷邉\u{E0100}か\u3099①㈱👨‍👩‍👧'
  expect(cleanText(names)).toBe(names)
})
