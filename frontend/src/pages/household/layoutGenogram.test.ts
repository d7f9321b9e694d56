import { expect, test } from 'vitest'
import { COLUMN, type Genogram, layoutGenogram, ROW } from './layoutGenogram'
import type { Relative, Tie } from './Relative'

const person = (id: string, sex: Relative['sex'] = 'other', birth = ''): Relative => ({
  id,
  name: id,
  relation: '',
  sex,
  birth,
  death: '',
  dead: false,
  home: false,
  subject: false,
})
const tie = (a: string, b: string, kind: Tie['kind']): Tie => ({ id: a + b, a, b, kind })
const at = (g: Genogram, id: string) => {
  const s = g.spots.find(x => x.person.id === id)
  if (!s) throw new Error(id)
  return s
}
const parents = (a: string, b: string, ...children: string[]): Tie[] => [
  tie(a, b, 'married'),
  ...children.flatMap(c => [tie(a, c, 'child'), tie(b, c, 'child')]),
]

test('parents stand over their children, the eldest on the left, the man on the left', () => {
  const g = layoutGenogram(
    [
      person('son', 'male', '1972'),
      person('mother', 'female'),
      person('daughter', 'female', '1969'),
      person('father', 'male'),
    ],
    parents('mother', 'father', 'son', 'daughter'),
  )
  expect(at(g, 'father').x).toBeLessThan(at(g, 'mother').x)
  expect(at(g, 'daughter').x).toBeLessThan(at(g, 'son').x)
  expect(at(g, 'son').y - at(g, 'mother').y).toBe(ROW)
  expect(at(g, 'father').x + at(g, 'mother').x).toBe(at(g, 'daughter').x + at(g, 'son').x)
  expect(g.unions).toHaveLength(1)
  expect(g.unions[0]?.bracket).toBe(false)
  expect(g.broods.map(b => b.children.length)).toEqual([2])
})

test('the parents of a spouse stand in the generation above, wherever the other family begins', () => {
  const g = layoutGenogram(
    ['gf', 'gm', 'f', 'm', 'mf', 'mm', 'c'].map(id => person(id)),
    [...parents('gf', 'gm', 'f'), ...parents('mf', 'mm', 'm'), ...parents('f', 'm', 'c')],
  )
  expect(at(g, 'mf').y).toBe(at(g, 'gf').y)
  expect(at(g, 'm').y).toBe(at(g, 'f').y)
  expect(at(g, 'c').y).toBe(at(g, 'gf').y + 2 * ROW)
})

test('somebody with two partners stands between them, and each has their own children', () => {
  const g = layoutGenogram(
    ['first', 'he', 'second', 'a', 'b'].map(id => person(id)),
    [
      tie('he', 'first', 'divorced'),
      tie('he', 'second', 'married'),
      ...['he', 'first'].map(p => tie(p, 'a', 'child')),
      ...['he', 'second'].map(p => tie(p, 'b', 'adopted')),
    ],
  )
  const xs = ['first', 'he', 'second'].map(id => at(g, id).x)
  expect(xs).toEqual([...xs].sort((a, b) => a - b))
  expect(g.broods).toHaveLength(2)
  expect(g.broods.flatMap(b => b.children.map(c => c.adopted)).sort()).toEqual([false, true])
})

test('one parent alone, somebody without any line, a ring of parents and lines to nobody are drawn all the same', () => {
  const g = layoutGenogram(
    ['mother', 'son', 'lodger', 'x', 'y'].map(id => person(id)),
    [
      tie('mother', 'son', 'child'),
      tie('x', 'y', 'child'),
      tie('y', 'x', 'child'),
      tie('son', 'gone', 'married'),
      tie('x', 'x', 'married'),
    ],
  )
  expect(g.spots).toHaveLength(5)
  expect(at(g, 'son').x).toBe(at(g, 'mother').x)
})

test('nobody stands on somebody else, in any family', () => {
  let seed = 7
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return Math.floor((seed / 2 ** 31) * n)
  }
  const kinds = ['married', 'partner', 'separated', 'divorced', 'child', 'adopted'] as const
  for (let round = 0; round < 400; round++) {
    const people = Array.from({ length: 1 + random(14) }, (_, i) =>
      person(`p${i}`, (['male', 'female', 'other'] as const)[random(3)], random(2) ? String(1930 + random(90)) : ''),
    )
    const ties = Array.from({ length: random(20) }, () =>
      tie(`p${random(people.length)}`, `p${random(people.length)}`, kinds[random(6)] ?? 'child'),
    )
    const g = layoutGenogram(people, ties)
    for (const [i, a] of g.spots.entries()) {
      expect(Number.isFinite(a.x) && a.x >= 0 && a.x <= g.width).toBe(true)
      for (const b of g.spots.slice(i + 1))
        if (a.y === b.y) expect(Math.abs(a.x - b.x), `round ${round}`).toBeGreaterThanOrEqual(COLUMN * 0.99)
    }
  }
})
