import { afterEach, expect, test, vi } from 'vitest'
import { LineMemory } from './LineMemory'
import { Patience } from './Patience'
import { FRAME, Records, upBody } from './records'

afterEach(() => vi.useRealTimers())

const store = () => {
  const kept = new Map<string, string>()
  return { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) }
}

test('a blocked websocket is tried again later and later, also after a reload', () => {
  const storage = store()
  let m = new LineMemory(storage)
  expect(m.retryAt).toBe(0)
  m.blocked(1000)
  expect(m.retryAt).toBe(61_000)
  m = new LineMemory(storage)
  expect(m.retryAt).toBe(61_000)
  m.blocked(61_000)
  expect(m.retryAt).toBe(181_000)
  m.passed()
  expect(m.retryAt).toBe(0)
})

test('websockets that are killed young three times in a row count as blocked, those that live long do not', () => {
  const m = new LineMemory(null)
  m.lived(500, true, 0)
  m.lived(500, true, 0)
  m.lived(40_000, true, 0)
  m.lived(500, true, 0)
  m.lived(500, true, 0)
  expect(m.retryAt).toBe(0)
  m.lived(500, true, 5)
  expect(m.retryAt).toBe(60_005)
})

test('patience ends only when nothing worked for a while', () => {
  const p = new Patience()
  expect(p.failed(0)).toBe(200)
  expect(p.failed(5000)).toBe(400)
  p.works()
  expect(p.failed(7000)).toBe(200)
  expect(p.failed(8000)).toBe(400)
  expect(p.failed(9000)).toBe(800)
  expect(p.failed(13_001)).toBe(null)
})

test('records come out whole, however the answer is cut', () => {
  const body = new Uint8Array(300).map((_, i) => i)
  const answer = new Uint8Array([0, 0, FRAME, 0xac, 0x02, ...body, FRAME, 1, 7])
  for (const size of [1, 2, 3, 7, 299, 400]) {
    const records = new Records()
    const out = []
    for (let at = 0; at < answer.length; at += size) out.push(...records.take(answer.slice(at, at + size)))
    expect(out.map(r => [r.kind, r.body.length])).toEqual([
      [0, 0],
      [FRAME, 300],
      [FRAME, 1],
    ])
    expect(out[1]?.body).toEqual(body)
  }
})

test('a request names its first frame, then each with its length', () => {
  expect([...upBody(300, [new Uint8Array([1, 2]), new Uint8Array([3])])]).toEqual([0xac, 0x02, 2, 1, 2, 1, 3])
})
