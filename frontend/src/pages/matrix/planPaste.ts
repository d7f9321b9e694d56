import type { Column } from '../../api/plan'
import { words } from '../../words'
import type { Cell } from './Cell'
import { readCellText } from './cellText'

/** Where the table is to be put. */
export interface PasteGrid {
  columns: readonly Column[]
  /** Texts of the 支援項目, in order. */
  actions: readonly string[]
  /** Why a field cannot be written; '' when it can. */
  closed: (row: number, col: number) => string
}

/** One field to be written. */
export interface Put {
  row: number
  col: number
  cell: Cell
  notes: string[]
}

export interface Paste {
  puts: Put[]
  /** What was not understood or has no place, in words. */
  lost: string[]
  /** The table brought its own heads: columns and rows were found by name. */
  byName: boolean
}

const plain = (s: string) => s.normalize('NFKC').replace(/\s/g, '')

/**
 * What a pasted table would write. When its first line names columns of the matrix, columns and 支援項目 are found by their names; else the
 * table is laid down from the field that has the focus. Empty fields of the table change nothing.
 */
export function planPaste(
  table: readonly (readonly string[])[],
  at: { row: number; col: number },
  grid: PasteGrid,
): Paste {
  const out: Paste = { puts: [], lost: [], byName: false }
  const heads = (table[0] ?? []).map(h =>
    grid.columns.findIndex(c => h.trim() && [c.name, c.short].some(n => plain(n) === plain(h))),
  )
  out.byName = heads.some(i => i >= 0) && table.length > 1
  if (!out.byName) {
    table.forEach((line, i) => {
      line.forEach((text, j) => {
        put(out, grid, text, at.row + i, at.col + j)
      })
    })
    return out
  }
  ;(table[0] ?? []).forEach((h, j) => {
    if (j > 0 && heads[j] === -1 && h.trim() && plain(h) !== plain(words.matrix.warning))
      out.lost.push(words.matrix.pasteNoColumn(h.trim()))
  })
  table.slice(1).forEach((line, i) => {
    const name = plain((line[0] ?? '').normalize('NFKC').replace(/^\s*\d+[.．\s]\s*/, ''))
    let row = grid.actions.findIndex(a => plain(a) === name)
    if (row < 0 && !name) row = i
    if (row < 0 || row >= grid.actions.length) {
      if (line.some(c => c.trim())) out.lost.push(words.matrix.pasteNoRow((line[0] ?? '').trim() || String(i + 1)))
      return
    }
    line.forEach((text, j) => {
      const col = heads[j] ?? -1
      if (col >= 0) put(out, grid, text, row, col)
    })
  })
  return out
}

function put(out: Paste, grid: PasteGrid, text: string, row: number, col: number): void {
  if (!text.trim()) return
  const w = words.matrix
  const column = grid.columns[col]
  if (!column || row >= grid.actions.length) {
    out.lost.push(w.pasteOutside(short(text)))
    return
  }
  const name = w.cellOf(words.plan.action(row + 1), column.short || column.name)
  const why = grid.closed(row, col)
  if (why) {
    out.lost.push(`${name}：${why}`)
    return
  }
  const { cell, notes } = readCellText(text)
  const allowed = column.kind === 'agency' ? cell.code !== 'self' : ['', 'self', 'none', 'open'].includes(cell.code)
  if (!allowed) {
    notes.push(w.pasteWrongCode(w.labels[cell.code] ?? ''))
    cell.code = ''
  }
  out.puts.push({ row, col, cell, notes })
}

const short = (text: string) => {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > 20 ? `${line.slice(0, 20)}…` : line
}
