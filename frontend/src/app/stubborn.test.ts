import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pauseOf } from './pauseOf'
import { stubborn } from './stubborn'

beforeEach(() => {
  globalThis.window ??= new EventTarget() as unknown as Window & typeof globalThis
})
afterEach(() => {
  vi.useRealTimers()
})

const away = async () => false

test('while the line is cut it is asked again until it comes, at once when the browser says that the line is back', async () => {
  let asked = 0
  const file = stubborn(() => (++asked < 3 ? Promise.reject(new TypeError('cut')) : Promise.resolve('here')), {
    reachable: away,
    pause: () => 3_600_000,
  })
  for (let i = 0; i < 2; i++) {
    const before = asked
    while (asked === before) {
      await new Promise(r => setTimeout(r))
      window.dispatchEvent(new Event('online'))
    }
  }
  expect(await file).toBe('here')
})

test('a server that answers and has not got the file is asked once more, not for ever', async () => {
  let asked = 0
  await expect(
    stubborn(() => Promise.reject(new TypeError(`gone ${++asked}`)), { reachable: async () => true }),
  ).rejects.toThrow('gone 1')
  expect(asked).toBe(2)
})

test('the tries grow rarer, and nobody waits longer than half a minute', async () => {
  vi.useFakeTimers()
  const at: number[] = []
  const stop = new AbortController()
  const file = stubborn(
    () => {
      at.push(Date.now())
      return Promise.reject(new TypeError('cut'))
    },
    { reachable: away, signal: stop.signal, pause: tries => pauseOf(tries, 0.5) },
  )
  const told = expect(file).rejects.toBeInstanceOf(DOMException)
  await vi.advanceTimersByTimeAsync(300_000)
  const gaps = at.slice(1).map((t, i) => t - (at[i] ?? 0))
  for (let i = 1; i < 4; i++) expect(gaps[i]).toBeGreaterThan(gaps[i - 1] ?? 0)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000)
  stop.abort()
  await told
})

test('when nobody waits for it any more it is not asked for again', async () => {
  vi.useFakeTimers()
  let asked = 0
  const stop = new AbortController()
  const file = stubborn(
    () => {
      asked++
      return Promise.reject(new TypeError('cut'))
    },
    { reachable: away, signal: stop.signal },
  )
  const told = expect(file).rejects.toBeInstanceOf(DOMException)
  await vi.advanceTimersByTimeAsync(10)
  expect(asked).toBe(1)
  stop.abort()
  await told
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toBe(1)
})

test('pauses are drawn from a span that doubles', () => {
  for (const [tries, least, most] of [
    [0, 1000, 2000],
    [1, 2000, 4000],
    [3, 8000, 16_000],
    [20, 15_000, 30_000],
  ] as const) {
    expect([pauseOf(tries, 0), pauseOf(tries, 1 - 2 ** -53)]).toEqual([least, most])
  }
})
