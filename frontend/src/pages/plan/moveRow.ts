import { ordBetween } from '../../text/ordBetween'
import type { PlanRow } from './PlanRow'

/** Puts row `at` one place up (-1) or down (1). */
export function moveRow(kind: string, rows: readonly PlanRow[], at: number, step: -1 | 1): void {
  const row = rows[at]
  if (!row || !rows[at + step]) return
  const [before, after] = step < 0 ? [rows[at - 2], rows[at - 1]] : [rows[at + 1], rows[at + 2]]
  row.doc.values.set({ [`${kind}/${row.id}/ord`]: ordBetween(before?.ord ?? '', after?.ord ?? '') })
}
