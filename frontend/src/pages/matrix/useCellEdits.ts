import { type ClipboardEvent, useState } from 'react'
import type { Column } from '../../api/plan'
import { words } from '../../words'
import { mayWrite } from '../plan/mayWrite'
import { ownOnly } from '../plan/ownOnly'
import type { PlanRow } from '../plan/PlanRow'
import type { Cell } from './Cell'
import { cellText } from './cellText'
import { EMPTY } from './emptyCell'
import type { FileChange } from './matrixFile'
import { type Paste, planPaste } from './planPaste'
import { putCell } from './putCell'
import { readCell } from './readCell'
import { parseTsv, writeTsv } from './tsv'

interface Step {
  row: PlanRow
  column: string
  was: Cell
  is: Cell
}

/** Work on the fields of the matrix as in a spreadsheet: empty one, copy, paste a table after looking at it, take the last of it back. */
export function useCellEdits(rows: readonly PlanRow[], columns: readonly Column[], ownAgency: string) {
  const [paste, setPaste] = useState<Paste | null>(null)
  const [said, setSaid] = useState('')
  const [last, setLast] = useState<Step[]>([])
  const w = words.matrix
  const name = (row: number, col: number) =>
    w.cellOf(words.plan.action(row + 1), columns[col]?.short || columns[col]?.name || '')
  const closed = (row: number, col: number) => {
    const r = rows[row]
    if (!r || !mayWrite(r.entry)) return w.frozenCell
    return ownOnly(r.entry) && columns[col]?.id !== ownAgency ? w.notOwn : ''
  }
  const read = (row: number, col: number) => {
    const [r, c] = [rows[row], columns[col]]
    return r && c ? readCell(r.doc, r.id, c.id) : undefined
  }
  const write = (list: readonly { row: number; col: number; cell: Cell }[]) => {
    const steps: Step[] = []
    for (const { row, col, cell } of list) {
      const [r, c, was] = [rows[row], columns[col], read(row, col)]
      if (!r || !c || !was || closed(row, col)) continue
      const is = cell === EMPTY ? cell : { ...cell, code: cell.code || was.code }
      putCell(r.doc, r.id, c.id, is)
      steps.push({ row: r, column: c.id, was, is: readCell(r.doc, r.id, c.id) })
    }
    setLast(steps)
    return steps.length
  }

  return {
    paste,
    said,
    name,
    read,
    canUndo: last.length > 0,
    closePaste: () => setPaste(null),
    doPaste: () => {
      if (paste) setSaid(w.pasted(write(paste.puts)))
      setPaste(null)
    },
    closed,
    /** Writes what a file brought back; a field that was changed while it was looked at stays. */
    takeFile: (changes: readonly FileChange[]) => {
      const still = changes.filter(c => JSON.stringify(read(c.row, c.col)) === JSON.stringify(c.was))
      setSaid(w.fileTaken(write(still), changes.length - still.length))
    },
    clear: (row: number, col: number) => {
      const why = closed(row, col)
      if (why) setSaid(why)
      else if (write([{ row, col, cell: EMPTY }])) setSaid(w.cleared(name(row, col)))
    },
    /** Only fields that nobody has changed since are put back. */
    undo: () => {
      let kept = 0
      for (const s of last) {
        const now = readCell(s.row.doc, s.row.id, s.column)
        if (JSON.stringify(now) === JSON.stringify(s.is) && mayWrite(s.row.entry))
          putCell(s.row.doc, s.row.id, s.column, s.was)
        else kept++
      }
      setLast([])
      setSaid(kept ? w.notUndone(kept) : w.undone)
    },
    onCopy: (e: ClipboardEvent, at: { row: number; col: number }) => {
      const cell = read(at.row, at.col)
      if (!cell || !isCell(e) || !document.getSelection()?.isCollapsed) return
      e.preventDefault()
      e.clipboardData.setData('text/plain', writeTsv([[cellText(cell)]]))
      setSaid(w.copiedCell)
    },
    onPaste: (e: ClipboardEvent, at: { row: number; col: number }) => {
      const text = e.clipboardData.getData('text/plain')
      if (!text.trim() || !isCell(e)) return
      e.preventDefault()
      const actions = rows.map(r => r.doc.text(`action/${r.id}/text`).toString())
      setPaste(planPaste(parseTsv(text), at, { columns, actions, closed }))
    },
    copyTable: async () => {
      const head = [w.action, ...columns.map(c => c.short || c.name)]
      const body = rows.map((r, i) => [
        `${i + 1}. ${r.doc.text(`action/${r.id}/text`).toString()}`,
        ...columns.map((_, j) => cellText(read(i, j) ?? EMPTY)),
      ])
      await navigator.clipboard.writeText(writeTsv([head, ...body]))
      setSaid(w.copiedTable)
    },
  }
}

const isCell = (e: ClipboardEvent) => e.target instanceof HTMLElement && e.target.getAttribute('role') === 'gridcell'
