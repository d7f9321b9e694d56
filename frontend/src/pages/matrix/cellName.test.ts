import { expect, test } from 'vitest'
import { cellHash } from './cellHash'
import { cellName } from './cellName'

const cell = { code: 'lead', who: '', freq: '', start: '', due: '2027-06-30', content: '', limits: '' }
const column = { id: 'a', kind: 'agency' as const, name: '東部包括', short: '東部包括', present: true }

test('a cell is named as people say it', () => {
  expect(cellName(3, column, cell, undefined, false)).toBe('支援項目3、東部包括、主担当、期限令和9年6月30日')
  expect(cellName(1, column, { ...cell, code: '', due: '' }, undefined, false)).toBe('支援項目1、東部包括、空欄')
})

test('the hash names everything in the cell', () => {
  const base = cellHash('見守り', cell)
  expect(base).toMatch(/^[0-9a-f]{64}$/)
  for (const key of Object.keys(cell)) expect(cellHash('見守り', { ...cell, [key]: 'x' })).not.toBe(base)
  expect(cellHash('訪問', cell)).not.toBe(base)
})
