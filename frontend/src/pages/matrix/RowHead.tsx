import type { ReactNode } from 'react'
import type { Person } from '../../api/cases'
import { useText } from '../../live/useText'
import { words } from '../../words'
import { CommentMark } from '../comments/CommentMark'
import { PlaceChip } from '../plan/PlaceChip'
import type { PlanRow } from '../plan/PlanRow'

interface Props {
  row: PlanRow
  no: number
  persons: readonly Person[]
  children?: ReactNode
}

/** The 支援項目 at the head of its row. */
export function RowHead({ row, no, persons, children }: Props) {
  const text = useText(row.doc.text(`action/${row.id}/text`))
  return (
    <th scope="row" className="matrix-row-head">
      <span className="matrix-no">{no}</span> {text}
      <div>
        <PlaceChip entry={row.entry.ref} persons={persons} />
        <CommentMark entry={row.entry.ref} kind="action" row={row.id} place={words.plan.action(no)} />
        {children}
      </div>
    </th>
  )
}
