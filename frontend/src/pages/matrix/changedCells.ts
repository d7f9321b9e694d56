import type { PlanChange } from '../../api/plan'

/** What differs from the plan agreed last, by place in the matrix. */
export interface ChangedCells {
  /** `<action>/<column>` → what stood there, in words. */
  cells: Map<string, string[]>
  /** Actions that are new. */
  added: Set<string>
  /** Actions that are gone, by their words. */
  removed: string[]
}

/** Sorts the differences of the plan into the matrix. */
export function changedCells(
  diff: readonly PlanChange[] | null | undefined,
  label: (field: string) => string,
  empty: string,
): ChangedCells {
  const out: ChangedCells = { cells: new Map(), added: new Set(), removed: [] }
  for (const c of diff ?? []) {
    if (c.what === 'cell' && c.rowId && c.column) {
      const key = `${c.rowId}/${c.column}`
      out.cells.set(key, [...(out.cells.get(key) ?? []), `${label(c.field ?? '')} ${c.before || empty}`])
    } else if (c.what === 'action' && c.kind === 'added' && c.rowId && !c.field) out.added.add(c.rowId)
    else if (c.what === 'action' && c.kind === 'removed' && !c.field) out.removed.push(c.label)
  }
  return out
}
