import { SharedTextarea } from '../../live/SharedTextarea'
import { mayWrite } from './mayWrite'
import { PeersAt } from './PeersAt'
import type { PlanRow } from './PlanRow'

interface Props {
  row: PlanRow
  /** Last part of the key. */
  kind: string
  field?: string
  label: string
  autoFocus?: boolean
  testid: string
}

/** The prose of one row. */
export function RowText({ row, kind, field = 'text', label, autoFocus, testid }: Props) {
  const key = `${kind}/${row.id}/${field}`
  return (
    <div className="grow stack-s">
      <SharedTextarea
        key={`${row.entry.slot.generation}`}
        doc={row.doc}
        textKey={key}
        aria-label={label}
        rows={2}
        autoFocus={autoFocus}
        readOnly={!mayWrite(row.entry)}
        data-testid={testid}
      />
      <PeersAt doc={row.doc} at={key} />
    </div>
  )
}
