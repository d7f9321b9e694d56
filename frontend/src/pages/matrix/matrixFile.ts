import { parseDate } from '../../dates/parseDate'
import { showDate } from '../../dates/showDate'
import { words } from '../../words'
import type { Cell } from './Cell'
import { readCellText } from './cellText'
import { EMPTY } from './emptyCell'
import type { PasteGrid } from './planPaste'

/** A sheet of the file as the server read it. */
export interface FileSheet {
  name: string
  rows: string[][]
}

/** One field that somebody has changed in the file. */
export interface FileChange {
  row: number
  col: number
  was: Cell
  cell: Cell
  notes: string[]
  /** It was changed here, too, since the file was saved. */
  moved: boolean
}

export interface FromFile {
  changes: FileChange[]
  /** What was not understood or may not be written, in words. */
  lost: string[]
  /** The file holds how it was when it was saved, so that only what was changed in it counts. */
  based: boolean
}

type Grid = PasteGrid & { read: (row: number, col: number) => Cell | undefined }

const w = words.matrix
const plain = (s: string) => s.normalize('NFKC').replace(/\s/g, '')
const lines = (s: string) =>
  s
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map(l => l.trimEnd())
    .join('\n')
    .trim()
const NONE = '－'
const KEYS = ['code', 'who', 'freq', 'start', 'due', 'content', 'limits'] as const

/**
 * What a 役割分担表 that was saved as a file, changed in a spreadsheet and brought back would change here. The file holds the table twice: in the layout of the office,
 * which people change, and as a list, which says how it was. A field counts when the two differ. null: no such table in the file.
 */
export function fromFile(sheets: readonly FileSheet[], grid: Grid): FromFile | null {
  const out: FromFile = { changes: [], lost: [], based: false }
  const list = first(sheets, s => readList(s, grid, out))
  const office = first(sheets, s => readOffice(s, grid, out))
  if (!list && !office) return null
  out.based = Boolean(list && office)
  const places = new Set([...(office?.keys() ?? list?.keys() ?? [])])
  for (const key of places) {
    const [row, col] = key.split('/').map(Number) as [number, number]
    const live = grid.read(row, col)
    if (!live) continue
    const change = office ? changeOf(office.get(key) ?? '', list?.get(key), live) : listed(list?.get(key), live)
    if (change) keep(out, grid, { row, col, was: live, ...change })
  }
  out.lost = [...new Set(out.lost)]
  return out
}

function first<T>(sheets: readonly FileSheet[], read: (s: FileSheet) => T | null): T | null {
  for (const s of sheets) {
    const found = read(s)
    if (found) return found
  }
  return null
}

type Draft = Pick<FileChange, 'cell' | 'notes' | 'moved'>

/** What the layout of the office says of a field, when it was changed there. */
function changeOf(raw: string, base: Base | undefined, live: Cell): Draft | null {
  if (base && lines(raw) === lines(officeText(base.cell, base.answer))) return null
  if (lines(withoutAnswer(raw)) === lines(officeText(live, ''))) return null
  const { cell, notes } = readOfficeText(raw)
  const is = lines(raw) === NONE && !live.code ? EMPTY : cell
  if (same(is, live)) return null
  return { cell: is, notes, moved: Boolean(base && !same(base.cell, live)) }
}

function listed(base: Base | undefined, live: Cell): Draft | null {
  return base && !same(base.cell, live) ? { cell: base.cell, notes: [], moved: false } : null
}

const same = (a: Cell, b: Cell) => KEYS.every(k => lines(a[k]) === lines(b[k]))

/** Puts a change among those that may be made, or says why not. */
function keep(out: FromFile, grid: Grid, c: FileChange): void {
  const column = grid.columns[c.col]
  const name = w.cellOf(words.plan.action(c.row + 1), column?.short || column?.name || '')
  const why = grid.closed(c.row, c.col)
  const allowed =
    column?.kind === 'agency' ? c.cell.code !== 'self' : ['', 'self', 'none', 'open'].includes(c.cell.code)
  if (why) out.lost.push(`${name}：${why}`)
  else if (!allowed) out.lost.push(`${name}：${w.pasteWrongCode(w.labels[c.cell.code] ?? '')}`)
  else out.changes.push(c)
}

/** A field as it stands in the layout of the office. The server writes it so (internal/meeting/matrixfile.go): a test holds the two together. */
export function officeText(c: Cell, answer: string): string {
  const sign = (c.code && w.marks[c.code]) || NONE
  const day = (d: string) => showDate(d, 'short')
  const period =
    c.start && c.due
      ? `${day(c.start)}～${day(c.due)}`
      : c.start
        ? `${day(c.start)}から`
        : c.due
          ? `${day(c.due)}まで`
          : ''
  const said = (label: string, value: string) => (value ? `${label}：${value}` : '')
  return [
    sign === NONE ? sign : `${sign} ${w.labels[c.code] ?? ''}`,
    c.content,
    said('担当者', c.who),
    said('頻度', c.freq),
    said('期間', period),
    said('条件', c.limits),
    said('回答', answer),
  ]
    .filter(Boolean)
    .join('\n')
}

const withoutAnswer = (raw: string) => raw.replace(/(^|\n)回答[：:][^\n]*\s*$/, '')

/** Reads a field of that layout, also as people change it. Answers are given on the screen alone. */
function readOfficeText(raw: string): { cell: Cell; notes: string[] } {
  const text = withoutAnswer(raw.replace(/\r\n?/g, '\n'))
  if (!text.trim()) return { cell: EMPTY, notes: [] }
  const at = text.search(/(^|\n)条件[：:]/)
  const head = at < 0 ? text : text.slice(0, at)
  const limits = at < 0 ? '' : text.slice(at).replace(/^\n?条件[：:]\s*/, '')
  const period = /(?:^|\n)期間[：:][ \t　]*([^\n]*)/.exec(head)
  const { cell, notes } = readCellText(period ? head.replace(period[0], '') : head)
  if (period) readPeriod(cell, period[1] ?? '', notes)
  cell.limits = limits.trim() || cell.limits
  return { cell, notes }
}

function readPeriod(cell: Cell, text: string, notes: string[]): void {
  const [from = '', to = ''] = /から$/.test(text)
    ? [text.slice(0, -2)]
    : /まで$/.test(text)
      ? ['', text.slice(0, -2)]
      : text.split(/[～〜~]/)
  for (const [name, said] of [
    ['start', from],
    ['due', to],
  ] as const) {
    const iso = parseDate(said)
    if (iso) cell[name] = iso
    else if (said.trim()) notes.push(w.pasteNoDate(said.trim()))
  }
}

interface Base {
  cell: Cell
  answer: string
}

/** Where a row and a column of the file are here. */
function place(grid: Grid) {
  const actions = grid.actions.map(plain)
  return {
    row: (no: string, item: string) => {
      const name = plain(item.replace(/\n?◎を置かない理由[：:][\s\S]*$/, ''))
      const all = actions.flatMap((a, i) => (a === name ? [i] : []))
      return all.length > 1 ? (all.find(i => String(i + 1) === no.trim()) ?? all[0]) : all[0]
    },
    col: (head: string) => {
      const name = plain(head.split('\n')[0] ?? '')
      const i = grid.columns.findIndex(c => name && [c.name, c.short].some(n => plain(n) === name))
      return i < 0 ? undefined : i
    },
  }
}

/** The layout of the office: 支援項目 against agencies. */
function readOffice(s: FileSheet, grid: Grid, out: FromFile): Map<string, string> | null {
  const find = place(grid)
  const top = s.rows.findIndex(
    r => r.includes(w.action) && !r.includes('記号') && r.some(h => find.col(h) !== undefined),
  )
  const heads = s.rows[top]
  if (!heads) return null
  const item = heads.indexOf(w.action)
  const cols = heads.map((h, j) => (j > item ? find.col(h) : undefined))
  heads.forEach((h, j) => {
    if (j > item && h.trim() && cols[j] === undefined) out.lost.push(w.pasteNoColumn(h.split('\n')[0] ?? ''))
  })
  const found = new Map<string, string>()
  for (const r of s.rows.slice(top + 1)) {
    const text = r[item] ?? ''
    if (!text.trim() || text === w.fileWithheld) continue
    const row = find.row(r[0] ?? '', text)
    if (row === undefined) {
      out.lost.push(w.pasteNoRow(text.split('\n')[0] ?? ''))
      continue
    }
    cols.forEach((col, j) => {
      if (col !== undefined) found.set(`${row}/${col}`, r[j] ?? '')
    })
  }
  return found
}

/** The list: a row for each role. A field without one was empty. */
function readList(s: FileSheet, grid: Grid, out: FromFile): Map<string, Base> | null {
  const find = place(grid)
  const top = s.rows.findIndex(r => [w.action, '機関', '記号'].every(h => r.includes(h)))
  const heads = s.rows[top]
  if (!heads) return null
  const found = new Map<string, Base>()
  for (const r of s.rows.slice(top + 1)) {
    const at = (h: string) => r[heads.indexOf(h)] ?? ''
    const row = find.row(at('№'), at(w.action))
    if (row === undefined) continue
    grid.columns.forEach((_, col) => {
      const key = `${row}/${col}`
      if (!found.has(key)) found.set(key, { cell: EMPTY, answer: '' })
    })
    const col = find.col(at('機関'))
    if (col === undefined) {
      if (at('機関')) out.lost.push(w.pasteNoColumn(at('機関')))
      continue
    }
    const code = Object.entries(w.marks).find(([, mark]) => mark === at('記号'))?.[0] ?? ''
    const condition = at('回答の条件・理由')
    found.set(`${row}/${col}`, {
      cell: {
        code,
        who: at('担当者名'),
        freq: at('頻度'),
        start: parseDate(at('開始日')) ?? '',
        due: parseDate(at('期限')) ?? '',
        content: at('内容'),
        limits: at('できないこと・条件'),
      },
      answer: at('回答') && condition ? `${at('回答')}（${condition}）` : at('回答'),
    })
  }
  return found
}
