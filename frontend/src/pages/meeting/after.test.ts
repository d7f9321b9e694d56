import { expect, test } from 'vitest'
import { dayAfter } from '../../dates/dayAfter'
import { meanScore } from './meanScore'
import { spotOptions } from './spotOptions'

test('an objection names a row or a cell with a role', () => {
  const row = (id: string, text: string) => ({ docId: 'd', id, text })
  const list = spotOptions({
    columns: [{ id: 'a', name: '地域包括', short: '包括' }],
    body: {
      needs: [row('n', '介護')],
      goals: [],
      actions: [
        {
          ...row('x', '訪問'),
          cells: [
            { column: 'a', code: 'lead' },
            { column: 'b', code: '' },
          ],
        },
      ],
    },
  })
  expect(list.map(o => o.label)).toEqual(['課題1：介護', '支援項目1：訪問', '支援項目1：訪問／包括'])
  expect(list[2]?.spot).toEqual({ kind: 'action', docId: 'd', row: 'x', column: 'a' })
})

test('the mean of a question leaves out who did not answer it', () => {
  expect(meanScore([4, 3, 0])).toBe('3.5')
  expect(meanScore([])).toBe('')
})

test('a period ends some days later, over the end of a month', () => {
  expect(dayAfter('2026-12-28', 7)).toBe('2027-01-04')
})
