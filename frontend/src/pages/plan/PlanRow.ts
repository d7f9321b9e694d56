import type { DocEntry } from '../../live/useSlots'
import type { LiveDoc } from '../../sync/LiveDoc'
import type { RowRef } from '../../text/listRows'

/** A row of one of the plan's lists with the document it lies in. */
export interface PlanRow extends RowRef {
  entry: DocEntry
  doc: LiveDoc
}
