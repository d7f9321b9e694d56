import { expect, test } from 'vitest'
import { changedCells } from './changedCells'
import { byAgency, byNeed, byTerm, isRole, type Role } from './roleList'

const empty = { code: '', who: '', freq: '', start: '', due: '', content: '', limits: '' }
const column = (id: string) => ({ id, kind: 'agency' as const, name: id, short: id, present: true })
const role = (no: number, agency: string, due: string, need = ''): Role => ({
  no,
  actionId: `x${no}`,
  action: '',
  need,
  column: column(agency),
  cell: { ...empty, code: 'main', due },
  answer: undefined,
})
const roles = [
  role(1, 'b', '', '介護'),
  role(2, 'a', '2027-03-01'),
  role(3, 'b', '2026-12-01', '介護'),
  role(4, 'b', '2027-01-05', '家計'),
]
const numbers = (list: readonly Role[]) => list.map(r => r.no)

test('課題別, 機関別, 期限順', () => {
  expect(byNeed(roles).map(g => [g.key, numbers(g.roles)])).toEqual([
    ['介護', [1, 3]],
    ['家計', [4]],
    ['', [2]],
  ])
  expect(byAgency(roles, [column('a'), column('b'), column('c')], 'b').map(g => [g.key, numbers(g.roles)])).toEqual([
    ['b', [3, 4, 1]],
    ['a', [2]],
  ])
  // The own agency is told that nothing is asked of it.
  expect(byAgency([], [column('a')], 'a')).toEqual([{ key: 'a', roles: [] }])
  expect(numbers(byTerm(roles))).toEqual([3, 4, 2, 1])
  expect(isRole({ ...empty, code: 'inform' })).toBe(false)
})

test('differences stand at their field', () => {
  const at = { label: '訪問', before: '', after: '' }
  const c = changedCells(
    [
      {
        ...at,
        kind: 'changed',
        what: 'cell',
        rowId: 'x1',
        column: 'a',
        field: 'code',
        before: '○担当',
        after: '◎主担当',
      },
      { ...at, kind: 'added', what: 'cell', rowId: 'x1', column: 'a', field: 'due', after: '2027-01-01' },
      { ...at, kind: 'added', what: 'action', rowId: 'x2', after: '訪問' },
      { ...at, kind: 'removed', what: 'action', rowId: 'x3', before: '訪問', label: '同行' },
      { ...at, kind: 'added', what: 'action', rowId: 'x4', field: 'text', after: '言葉が入った' },
    ],
    f => `[${f}]`,
    '空',
  )
  expect([...c.cells]).toEqual([['x1/a', ['[code] ○担当', '[due] 空']]])
  expect([...c.added]).toEqual(['x2'])
  expect(c.removed).toEqual(['同行'])
})
