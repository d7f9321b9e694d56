import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ReturningSocket, returnAfter } from './ReturningSocket'

const PEOPLE = 120

/** Numbers at random from a seed, the same in each run. */
const chance = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A node that notes when a browser knocks. It lets in as long as it is up. */
class Node {
  up = true
  knocks: { who: number; at: number }[] = []
  inside: (() => void)[] = []

  door(who: number): unknown {
    const node = this
    return class extends EventTarget {
      readyState = 0
      constructor() {
        super()
        node.knocks.push({ who, at: Date.now() })
        const end = (code: number) => this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }))
        queueMicrotask(() => {
          if (!node.up) return end(1006)
          this.readyState = 1
          this.dispatchEvent(new Event('open'))
          // An awareness message for no document: what the server sends first makes the connection count.
          this.dispatchEvent(Object.assign(new Event('message'), { data: new Uint8Array([0, 1, 1, 0]).buffer }))
          node.inside.push(() => end(node.code))
        })
      }
      send() {}
      close() {}
    }
  }

  code = 1012

  /** Everybody is sent away in the same instant. */
  end(code: number): void {
    this.code = code
    this.knocks = []
    for (const out of this.inside.splice(0)) out()
  }
}

let sockets: ReturningSocket[] = []
const crowd = (node: Node, length = PEOPLE) => {
  sockets = Array.from(
    { length },
    (_, who) => new ReturningSocket({ url: 'ws://x/hp', WebSocketPolyfill: node.door(who) }),
  )
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockImplementation(chance(20261130))
})
afterEach(() => {
  for (const s of sockets) s.destroy()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** The most knocks within 100 ms, as a share of all people. */
const crush = (times: number[]) => {
  const by = new Map<number, number>()
  for (const t of times) by.set(Math.floor(t / 100), (by.get(Math.floor(t / 100)) ?? 0) + 1)
  return Math.max(...by.values()) / PEOPLE
}

test.each([
  [1012, 3000],
  [1013, 3000],
  [1006, 2000],
])('a crowd sent away at once with %i comes again spread over its window', async (code, latest) => {
  const node = new Node()
  crowd(node)
  await vi.advanceTimersByTimeAsync(1)
  expect(node.inside.length).toBe(PEOPLE)
  const begun = Date.now()
  node.end(code)
  await vi.advanceTimersByTimeAsync(latest + 1)
  const times = node.knocks.map(k => k.at - begun)
  expect(new Set(node.knocks.map(k => k.who)).size).toBe(PEOPLE)
  expect(times.length).toBe(PEOPLE) // once each
  expect(node.inside.length).toBe(PEOPLE)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(300)
  expect(Math.max(...times)).toBeLessThanOrEqual(latest)
  expect(crush(times)).toBeLessThan(0.15)
})

test('while the node is away the tries grow rarer, stay apart, and never rest for more than ten seconds', async () => {
  const node = new Node()
  crowd(node)
  await vi.advanceTimersByTimeAsync(1)
  node.up = false
  const begun = Date.now()
  node.end(1006)
  await vi.advanceTimersByTimeAsync(40_000)
  const gaps: number[][] = [] // by the number of the try
  let longest = 0
  for (let who = 0; who < PEOPLE; who++) {
    let before = begun
    node.knocks
      .filter(k => k.who === who)
      .forEach((k, i) => {
        gaps[i] = [...(gaps[i] ?? []), k.at - before]
        longest = Math.max(longest, k.at - before)
        before = k.at
      })
    longest = Math.max(longest, Date.now() - before)
  }
  expect(longest).toBeLessThanOrEqual(10_000)
  const mean = (i: number) => (gaps[i] ?? []).reduce((a, b) => a + b, 0) / PEOPLE
  // The first two are drawn once and once more; from then on the span doubles until it is the longest.
  for (let i = 2; i < 5; i++) expect(mean(i)).toBeGreaterThan(1.3 * mean(i - 1))
  const late = node.knocks.filter(k => k.at - begun > 5000).map(k => k.at)
  expect(crush(late)).toBeLessThan(0.1)

  // It is back: everybody is in within the longest pause.
  node.up = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect(node.inside.length).toBe(PEOPLE)
})

test('a return is never sooner than asked and never later, whatever is drawn', () => {
  const draw = chance(7)
  for (const [code, latest] of [
    [1012, 3000],
    [1013, 3000],
    [1000, 2000],
    [undefined, 2000],
  ] as const) {
    const drawn = Array.from({ length: 5000 }, () => returnAfter(code, draw()))
    expect(drawn.filter(ms => !Number.isInteger(ms) || ms < 300 || ms > latest)).toEqual([])
    expect(new Set(drawn).size).toBeGreaterThan(1000)
  }
  expect([returnAfter(1012, 0), returnAfter(1012, 1 - 2 ** -53)]).toEqual([300, 3000])
})

test('who is let in and sent away with 1013 again and again comes ever more rarely, and soon again after a connection that lasted', async () => {
  const node = new Node()
  crowd(node, 25)
  await vi.advanceTimersByTimeAsync(1)
  const means: number[] = []
  for (let i = 0; i < 5; i++) {
    const begun = Date.now()
    node.end(1013)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(node.inside.length).toBe(25)
    const waits = node.knocks.map(k => k.at - begun)
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_001)
    expect(new Set(waits).size).toBeGreaterThan(25 / 2) // never all at once
    means.push(waits.reduce((a, b) => a + b, 0) / 25)
  }
  for (let i = 1; i < 4; i++) expect(means[i]).toBeGreaterThan(1.5 * (means[i - 1] ?? 0))
  expect(Math.max(...means)).toBeLessThan(25_000)

  await vi.advanceTimersByTimeAsync(61_000) // it lasted
  node.end(1013)
  await vi.advanceTimersByTimeAsync(31_000)
  const begun = Date.now()
  node.end(1013)
  await vi.advanceTimersByTimeAsync(31_000)
  const waits = node.knocks.map(k => k.at - begun)
  expect(waits.reduce((a, b) => a + b, 0) / 25).toBeLessThan(5000)
})
