import { Button } from '../../parts/Button'
import { words } from '../../words'
import type { PlanRow } from './PlanRow'

export interface Removed {
  kind: string
  row: PlanRow
  name: string
}

interface Props {
  removed: Removed | null
  onUndo: () => void
}

/** Undo instead of a question: what was taken away can be brought back. */
export function RemovedNotice({ removed, onUndo }: Props) {
  return (
    <div role="status" className="row notice-line">
      {removed ? (
        <>
          {words.plan.removed(removed.name)}
          <Button
            small
            onClick={() => {
              removed.row.doc.values.set({ [`${removed.kind}/${removed.row.id}/del`]: false })
              onUndo()
            }}
          >
            {words.plan.undoRemove}
          </Button>
        </>
      ) : null}
    </div>
  )
}
