import { Button } from '../../parts/Button'
import { words } from '../../words'
import { moveRow } from './moveRow'
import type { PlanRow } from './PlanRow'

interface Props {
  kind: string
  rows: readonly PlanRow[]
  at: number
  name: string
  /** Tells the list that this row was taken away, so that it can be brought back. */
  onRemoved: (row: PlanRow, name: string) => void
}

/** Up, down and away, for one row. */
export function RowTools({ kind, rows, at, name, onRemoved }: Props) {
  const w = words.plan
  const row = rows[at]
  if (!row) return null
  return (
    <div className="row row-tools no-print">
      <Button
        small
        kind="text"
        aria-label={`${name}：${w.up}`}
        why={at === 0 ? w.up : undefined}
        onClick={() => moveRow(kind, rows, at, -1)}
      >
        ↑
      </Button>
      <Button
        small
        kind="text"
        aria-label={`${name}：${w.down}`}
        why={at === rows.length - 1 ? w.down : undefined}
        onClick={() => moveRow(kind, rows, at, 1)}
      >
        ↓
      </Button>
      <Button
        small
        kind="text"
        aria-label={`${name}：${w.remove}`}
        onClick={() => {
          row.doc.values.set({ [`${kind}/${row.id}/del`]: true })
          onRemoved(row, name)
        }}
      >
        {w.remove}
      </Button>
    </div>
  )
}
