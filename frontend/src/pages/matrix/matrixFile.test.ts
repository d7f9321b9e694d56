import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Column } from '../../api/plan'
import type { Cell } from './Cell'
import { EMPTY } from './emptyCell'
import { type FileSheet, fromFile } from './matrixFile'

// As the server saves and reads it: internal/meeting holds this file to what it writes (TestTheMatrixComesBack).
const saved = (): FileSheet[] => JSON.parse(readFileSync(new URL('./matrixFile.golden', import.meta.url), 'utf8'))

const column = (id: string, name: string, kind: Column['kind'] = 'agency'): Column => ({
  id,
  kind,
  name,
  short: name,
  present: true,
})
const columns = [column('a2', '社会福祉協議会'), column('a3', '地域包括支援センター'), column('self', '本人', 'self')]
const lead: Cell = {
  code: 'lead',
  who: '包括 三郎',
  freq: '週1',
  start: '2026-12-01',
  due: '2027-03-31',
  content: '訪問する',
  limits: '夜間は不可',
}
const live = (): Cell[][] => [
  [{ ...EMPTY, code: 'main', content: '同行する' }, lead, EMPTY],
  [{ ...EMPTY, code: 'assist', content: '通院に同行する' }, EMPTY, EMPTY],
]
const grid = (cells = live(), closed: (row: number, col: number) => string = () => '') => ({
  columns,
  actions: ['週1回の訪問', '透析に付き添う'],
  closed,
  read: (row: number, col: number) => cells[row]?.[col],
})
const office = (sheets: FileSheet[], row: number, col: number, text: string) => {
  const rows = sheets[0]?.rows ?? []
  const top = rows.findIndex(r => r.includes('支援項目'))
  const r = rows[top + 1 + row]
  if (!r) throw new Error('no such row')
  while (r.length < col + 4) r.push('')
  r[col + 3] = text
}

test('a file that was not changed changes nothing, whatever has happened here since', () => {
  expect(fromFile(saved(), grid())).toEqual({ changes: [], lost: [], based: true })
  const moved = live()
  moved[0] = [{ ...EMPTY, code: 'watch', content: '新しい内容' }, { ...lead, freq: '毎日' }, EMPTY]
  expect(fromFile(saved(), grid(moved))?.changes).toEqual([])
})

test('what was changed in the file is found, field by field', () => {
  const file = saved()
  office(
    file,
    0,
    1,
    '◎ 主担当\n訪問する\n電話もする\n担当者：𠮷田\n頻度：週1\n期間：R8.12.1～\n条件：夜間は不可\n冬は月1回\n回答：引受',
  )
  office(file, 1, 0, '')
  office(file, 1, 1, '○')
  const out = fromFile(file, grid())
  expect(out?.changes.map(c => [c.row, c.col, c.cell, c.moved, c.notes])).toEqual([
    [
      0,
      1,
      { ...lead, content: '訪問する\n電話もする', who: '𠮷田', due: '', limits: '夜間は不可\n冬は月1回' },
      false,
      [],
    ],
    [1, 0, EMPTY, false, []],
    [1, 1, { ...EMPTY, code: 'main' }, false, []],
  ])
  // the same file once more, when its changes are here already
  const after = live()
  for (const c of out?.changes ?? []) (after[c.row] as Cell[])[c.col] = c.cell
  expect(fromFile(file, grid(after))?.changes).toEqual([])
})

test('a field that was changed on both sides says so, and an agency has its own alone', () => {
  const file = saved()
  office(file, 0, 0, '○ 担当\n送迎する')
  office(file, 0, 1, '△ 協力・後方支援')
  const moved = live()
  ;(moved[0] as Cell[])[0] = { ...EMPTY, code: 'main', content: '画面で直した' }
  const out = fromFile(
    file,
    grid(moved, (_, col) => (col === 1 ? '書けません' : '')),
  )
  expect(out?.changes.map(c => [c.col, c.moved, c.was.content, c.cell.content])).toEqual([
    [0, true, '画面で直した', '送迎する'],
  ])
  expect(out?.lost).toEqual(['支援項目1／地域包括支援センター：書けません'])
})

test('the list alone (CSV) is held against what stands here', () => {
  const list = saved().slice(1)
  expect(fromFile(list, grid())).toEqual({ changes: [], lost: [], based: false })
  const moved = live()
  ;(moved[0] as Cell[])[1] = { ...lead, due: '2027-04-30' }
  expect(fromFile(list, grid(moved))?.changes.map(c => [c.row, c.col, c.cell.due])).toEqual([[0, 1, '2027-03-31']])
})

test('what has no place is said, and another table is none', () => {
  const file = saved()
  const rows = file[0]?.rows ?? []
  rows.find(r => r.includes('支援項目'))?.push('保健所')
  rows.push(['3', '', '知らない項目', '○'])
  const out = fromFile(file, grid())
  expect(out?.lost).toHaveLength(2)
  expect(out?.changes).toEqual([])
  expect(fromFile([{ name: '名簿', rows: [['氏名'], ['山田']] }], grid())).toBeNull()
})
