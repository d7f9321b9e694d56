import { type KeyboardEvent, useCallback, useState } from 'react'
import { isComposing } from '../text/isComposing'

/** Where the one Tab stop of a grid is. */
export interface GridPlace {
  row: number
  col: number
}

interface Grid {
  rows: number
  cols: number
  onOpen: (place: GridPlace) => void
  /** Delete or Backspace on a cell. */
  onDelete?: (place: GridPlace) => void
}

/**
 * Keyboard of an ARIA grid: one Tab stop, arrows, Home and End (with Ctrl: first and last row) move it, Enter and F2 open the cell.
 * Cells carry data-row and data-col; they take the focus themselves.
 */
export function useGridKeys({ rows, cols, onOpen, onDelete }: Grid) {
  const [place, setPlace] = useState<GridPlace>({ row: 0, col: 0 })
  const here = { row: Math.min(place.row, Math.max(0, rows - 1)), col: Math.min(place.col, Math.max(0, cols - 1)) }

  const onKeyDown = (e: KeyboardEvent<HTMLElement>) => {
    if (isComposing(e) || e.altKey) return
    const next = step(e.key, e.ctrlKey || e.metaKey, here, rows, cols)
    if (e.key === 'Enter' || e.key === 'F2') {
      e.preventDefault()
      onOpen(here)
    } else if (onDelete && (e.key === 'Delete' || e.key === 'Backspace') && !e.ctrlKey && !e.metaKey) {
      e.preventDefault()
      onDelete(here)
    } else if (next) {
      e.preventDefault()
      setPlace(next)
      e.currentTarget.querySelector<HTMLElement>(`[data-row="${next.row}"][data-col="${next.col}"]`)?.focus()
    }
  }

  const cell = useCallback(
    (row: number, col: number) => ({
      'data-row': row,
      'data-col': col,
      tabIndex: row === here.row && col === here.col ? 0 : -1,
      onFocus: () => setPlace({ row, col }),
    }),
    [here.row, here.col],
  )
  return { onKeyDown, cell, here }
}

function step(key: string, far: boolean, at: GridPlace, rows: number, cols: number): GridPlace | null {
  const { row, col } = at
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), col }
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), col }
    case 'ArrowLeft':
      return { row, col: Math.max(0, col - 1) }
    case 'ArrowRight':
      return { row, col: Math.min(cols - 1, col + 1) }
    case 'Home':
      return { row: far ? 0 : row, col: 0 }
    case 'End':
      return { row: far ? rows - 1 : row, col: cols - 1 }
    default:
      return null
  }
}
