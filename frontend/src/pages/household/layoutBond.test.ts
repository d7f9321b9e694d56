import { expect, test } from 'vitest'
import type { DocEntry } from '../../live/useSlots'
import { words } from '../../words'
import type { Bond } from './Bond'
import { bondsOf, halvesOf } from './bonds'
import { bondBetween, bondSample } from './layoutBond'

const KINDS = words.household.genogram.bondKinds.map(([k]) => k as Bond['kind'])
const A = { x: 60, y: 85 }
const B = { x: 300, y: 85 }

test('each kind has strokes of its own: two lines, three, dots, a break, a zigzag, an arrow', () => {
  const seen = new Set(KINDS.map(k => JSON.stringify(bondBetween(k, A, B))))
  expect(seen.size).toBe(KINDS.length)
  const lines = (k: Bond['kind']) => bondBetween(k, A, B).lines.length
  expect(KINDS.map(lines)).toEqual([2, 3, 1, 4, 1, 3, 1])
  expect(bondBetween('distant', A, B).dotted).toBe(true)
  expect(KINDS.filter(k => bondBetween(k, A, B).arrow)).toEqual(['abuse'])
  for (const k of KINDS) for (const d of bondSample(k).lines) expect(d).not.toContain('NaN')
})

test('the arrow of 虐待 points at who suffers it, and a bond bends to the same side whoever is named first', () => {
  const tip = (from: typeof A, to: typeof A) => Number(/^M(-?[\d.]+)/.exec(bondBetween('abuse', from, to).arrow)?.[1])
  expect(Math.abs(tip(A, B) - B.x)).toBeLessThan(60)
  expect(Math.abs(tip(B, A) - A.x)).toBeLessThan(60)
  const heights = (d: string) =>
    d
      .slice(1)
      .split('L')
      .map(p => Number(p.split(' ')[1]))
  const [there, back] = [bondBetween('cut', A, B), bondBetween('cut', B, A)].map(s =>
    Math.min(...heights(s.lines[0] ?? '')),
  )
  expect(there).toBeLessThan(A.y)
  expect(Math.abs((there ?? 0) - (back ?? 0))).toBeLessThan(1)
})

test('each half lies with the person it tells of: 家族, 虐待 in 虐待・DV, a relative in the 家族 of the household and never with the kind alone', () => {
  const person = (id: string) => id.startsWith('p')
  expect(halvesOf({ a: 'p1', b: 'p2', kind: 'conflict' }, person)).toEqual([
    { end: 'a', place: { personId: 'p1', item: 'family' }, values: { kind: 'conflict' } },
    { end: 'b', place: { personId: 'p2', item: 'family' }, values: {} },
  ])
  expect(halvesOf({ a: 'k1', b: 'p2', kind: 'abuse' }, person)).toEqual([
    { end: 'a', place: { personId: '', item: 'family' }, values: { who: 'k1' } },
    { end: 'b', place: { personId: 'p2', item: 'abuse' }, values: { kind: 'abuse' } },
  ])
})

const entry = (personId: string, values: Record<string, unknown>) =>
  ({
    ref: { personId, item: 'family' },
    slot: { doc: { loaded: true, values: new Map(Object.entries(values)) } },
  }) as unknown as DocEntry

test('a relation is there only for who has both halves', () => {
  const one = entry('p1', {
    'bond/bond000000001/ord': 'a0',
    'bond/bond000000001/end': 'a',
    'bond/bond000000001/kind': 'close',
  })
  const two = entry('p2', { 'bond/bond000000001/ord': 'a0', 'bond/bond000000001/end': 'b' })
  expect(bondsOf([one])).toEqual([])
  expect(bondsOf([two])).toEqual([])
  expect(bondsOf([one, two]).map(b => [b.a, b.b, b.kind])).toEqual([['p1', 'p2', 'close']])
})
