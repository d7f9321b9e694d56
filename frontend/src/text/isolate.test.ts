import { expect, test } from 'vitest'
import { isolate, needsIsolating, unisolate } from './isolate'

test('texts from right to left are isolated line by line, wherever they stand; all others are the same', () => {
  const before = {
    name: 'مريم 12 نور',
    list: ['𠮷野家', 'נועה\n髙橋\nנועה', ''],
    n: 1,
    none: null,
    deep: [{ yes: true }],
  }
  expect(isolate(before)).toEqual({
    name: '\u2068مريم 12 نور\u2069',
    list: ['𠮷野家', '\u2068נועה\u2069\n髙橋\n\u2068נועה\u2069', ''],
    n: 1,
    none: null,
    deep: [{ yes: true }],
  })
  expect(JSON.parse(unisolate(JSON.stringify(isolate(before))))).toEqual(before)
})

test('only what has such letters needs it', () => {
  expect(needsIsolating(JSON.stringify({ a: '渡邉\u{e0100} 𠮷 ｶﾅ 123 <b> \u200d' }))).toBe(false)
  for (const s of ['א', 'ع', '\u{1e900}', '\ufb2a', '\ufef0'])
    expect(needsIsolating(JSON.stringify({ a: s }))).toBe(true)
})
