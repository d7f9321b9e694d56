import type { PlanContext } from './PlanContext'
import type { PlanRow } from './PlanRow'

/** What each row of the plan's lists gets. */
export interface RowProps {
  plan: PlanContext
  rows: readonly PlanRow[]
  row: PlanRow
  at: number
  /** Id of the row that was just added here. */
  added: string
  onRemoved: (row: PlanRow, name: string) => void
}
