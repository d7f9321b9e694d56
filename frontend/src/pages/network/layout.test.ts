import { expect, test } from 'vitest'
import type { Network, NetworkNode } from '../../api/network'
import { layout, MOST } from './layout'

const node = (id: string, cases: number): NetworkNode => ({ id, name: id, short: id, cases, with: 0, sent: 0, received: 0, waiting: 0, declined: 0, left: 0, dumps: false }) // biome-ignore format: one line

test('every agency once on the ring, neighbours by what they share, circles and lines by number', () => {
  const n: Network = {
    at: '',
    year: '',
    nodes: [node('a', 9), node('b', 4), node('c', 1), node('d', 0)],
    ties: [
      { a: 'a', b: 'c', cases: 4, referrals: 0 },
      { a: 'a', b: 'b', cases: 1, referrals: 0 },
      { a: 'b', b: 'd', cases: 0, referrals: 2 },
    ],
  }
  const l = layout(n)
  expect(l.spots.map(s => s.node.id)).toEqual(['a', 'c', 'b', 'd'])
  expect(l.lines.map(x => [x.a.node.id, x.b.node.id, x.width, x.thin])).toEqual([
    ['a', 'c', 9, false],
    ['a', 'b', 3, false],
    ['b', 'd', 1, true],
  ])
  expect(l.spots[0]?.r).toBeGreaterThan(l.spots[3]?.r ?? 99)
  for (const s of l.spots) {
    expect(s.x).toBeGreaterThan(0)
    expect(s.x).toBeLessThan(l.size)
  }
})

test('of many agencies the busiest stand in the picture, and no line leads to one that does not', () => {
  const nodes = Array.from({ length: 40 }, (_, i) => node(`n${String(i).padStart(2, '0')}`, 40 - i))
  const l = layout({ at: '', year: '', nodes, ties: [{ a: 'n00', b: 'n39', cases: 1, referrals: 0 }] })
  expect(l.spots.length).toBe(MOST)
  expect(l.lines).toEqual([])
  expect(layout({ at: '', year: '', nodes: [], ties: [] }).spots).toEqual([])
})
