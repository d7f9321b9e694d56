import { expect, test } from 'vitest'
import type { Link } from './Link'
import { BOX, layoutEcomap, WIDTH } from './layoutEcomap'

const link = (id: string, person: string, agency: string, name = ''): Link => ({
  id,
  person,
  agency,
  name,
  kind: 'plain',
  flow: '',
})

test('links to one agency, or with one name, lead to one place', () => {
  const map = layoutEcomap(
    ['p1', 'p2'],
    [link('1', 'p1', 'a'), link('2', 'p2', 'a'), link('3', '', '', '隣家'), link('4', 'p1', '', ' 隣家')],
    l => (l.agency ? l.agency : l.name),
  )
  expect(map.places.map(p => p.name).sort()).toEqual(['a', '隣家'])
  expect(map.threads).toHaveLength(4)
})

test('up to sixty places stand apart and within the drawing', () => {
  for (let n = 1; n <= 60; n++) {
    const links = Array.from({ length: n }, (_, i) => link(String(i), i % 2 ? 'p1' : 'p2', `a${i}`))
    const { places, threads, height } = layoutEcomap(['p1', 'p2'], links, l => l.agency)
    for (const p of places) {
      expect(p.x - BOX.w).toBeGreaterThanOrEqual(0)
      expect(p.x + BOX.w).toBeLessThanOrEqual(WIDTH)
      expect(p.y - BOX.h).toBeGreaterThanOrEqual(0)
      expect(p.y + BOX.h).toBeLessThanOrEqual(height)
    }
    for (const [i, a] of places.entries())
      for (const b of places.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= BOX.w * 2 || Math.abs(a.y - b.y) >= BOX.h * 2, `${n}: ${a.key} on ${b.key}`).toBe(
          true,
        )
    expect(threads.every(t => [t.x1, t.y1, t.x2, t.y2].every(Number.isFinite))).toBe(true)
  }
})
