import { expect, test } from 'vitest'
import type { Column } from '../../api/plan'
import { cellText, readCellText } from './cellText'
import { planPaste } from './planPaste'
import { parseTsv, writeTsv } from './tsv'

test('a table of Excel: quotes, line ends in a cell, CRLF', () => {
  expect(parseTsv('a\t"b\nc ""d"""\r\n\te\r\n')).toEqual([
    ['a', 'b\nc "d"'],
    ['', 'e'],
  ])
  const rows = [
    ['◎主担当\n訪問', '"引用"'],
    ['', 'x\ty'],
  ]
  expect(parseTsv(writeTsv(rows))).toEqual(rows)
})

test('a cell comes back as it was copied', () => {
  const cell = {
    code: 'lead',
    who: '山田',
    freq: '週1回',
    start: '2026-12-01',
    due: '2027-03-31',
    content: '訪問する\n電話もする',
    limits: '夜間は不可',
  }
  expect(readCellText(cellText(cell))).toEqual({ cell, notes: [] })
})

test('a cell as people write it', () => {
  expect(readCellText('◎ 週1回の訪問\n期限：令和9年3月31日\n条件：冬は月1回').cell).toMatchObject({
    code: 'lead',
    content: '週1回の訪問',
    due: '2027-03-31',
    limits: '冬は月1回',
  })
  expect(readCellText('〇').cell.code).toBe('main')
  expect(readCellText('見守り 毎朝の声かけ').cell).toMatchObject({ code: 'watch', content: '毎朝の声かけ' })
  expect(readCellText('〜R9.3.31').cell.due).toBe('2027-03-31')
  // 本人 begins with the sign of 本, and is none.
  expect(readCellText('本人に電話').cell).toMatchObject({ code: '', content: '本人に電話' })
})

test('what is not understood is said', () => {
  expect(readCellText('訪問する').notes).toHaveLength(1)
  const odd = readCellText('○ 訪問\n期限：来年の春')
  expect(odd.cell.due).toBe('')
  expect(odd.notes[0]).toContain('来年の春')
  const long = readCellText(`○ ${'あ'.repeat(201)}`)
  expect([...long.cell.content]).toHaveLength(200)
  expect(long.notes).toHaveLength(1)
})

const column = (id: string, name: string, kind: Column['kind'] = 'agency'): Column => ({
  id,
  kind,
  name,
  short: name,
  present: true,
})
const grid = {
  columns: [column('a', '包括'), column('b', '基幹'), column('self', '本人', 'self')],
  actions: ['訪問する', '家計の相談'],
  closed: (_row: number, col: number) => (col === 1 ? '書けません' : ''),
}

test('a table without heads is laid down from the focus', () => {
  const p = planPaste(parseTsv('◎\t○\n\t△'), { row: 0, col: 0 }, grid)
  expect(p.puts.map(x => [x.row, x.col, x.cell.code])).toEqual([[0, 0, 'lead']])
  expect(p.lost).toEqual(['支援項目1／基幹：書けません', '支援項目2／基幹：書けません'])
  expect(planPaste([['◎'], ['○'], ['△']], { row: 1, col: 0 }, grid).lost).toHaveLength(2)
})

test('a table with heads finds columns and rows by name', () => {
  const p = planPaste(
    parseTsv('支援項目\t本人\t保健所\t包括\n２. 家計の相談\t◎\t○\t△ 同行\n知らない項目\t本\t\t◎'),
    { row: 0, col: 0 },
    grid,
  )
  expect(p.byName).toBe(true)
  expect(p.puts.map(x => [x.row, x.col, x.cell.code])).toEqual([
    [1, 2, ''], // ◎ is not for the person
    [1, 0, 'assist'],
  ])
  expect(p.puts[0]?.notes).toHaveLength(1)
  expect(p.lost).toHaveLength(2)
})
