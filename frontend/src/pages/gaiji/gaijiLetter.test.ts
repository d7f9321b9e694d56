import { expect, test } from 'vitest'
import type { Gaiji } from '../../api/gaiji'
import { isBareKanji, pointsOf, textOfPoints, withFreeNumber } from './gaijiLetter'

const gaiji = (text: string): Gaiji => ({
  id: text,
  text,
  codeKind: 'mj',
  code: 'MJ000001',
  reading: 'なべ',
  picture: '',
  n: 1,
  at: '',
  by: '',
  byName: '',
})

test('code points are written and read', () => {
  expect(pointsOf('邊\u{e01ef}')).toBe('U+908A U+E01EF')
  for (const s of ['邊\u{e01ef}', '𫝀', 'A']) expect(textOfPoints(pointsOf(s))).toBe(s)
  for (const s of ['', '0xFF', 'U+', 'U+110000', 'U+908A x']) expect(textOfPoints(s)).toBe('')
})

test('a kanji gets a number nobody has', () => {
  expect(isBareKanji('邊')).toBe(true)
  for (const s of ['', '邊邊', '邊\u{e01ef}', 'あ', 'A']) expect(isBareKanji(s)).toBe(false)
  const list: Gaiji[] = []
  const seen = new Set<string>()
  for (let i = 0; i < 16; i++) {
    const text = withFreeNumber('邊', list)
    expect(text.startsWith('邊')).toBe(true)
    expect(seen.has(text)).toBe(false)
    seen.add(text)
    list.push(gaiji(text))
  }
  expect(pointsOf([...seen][0] ?? '')).toBe('U+908A U+E01EF')
  expect(withFreeNumber('邊', list)).toBe('')
  expect(withFreeNumber('邉', list)).toBe('邉\u{e01ef}')
})
