import type { Column, PlanWarning } from '../../api/plan'
import { showDate } from '../../dates/showDate'
import { words } from '../../words'
import type { PlanRow } from '../plan/PlanRow'
import type { Cell } from './Cell'

interface Props {
  row: PlanRow
  cells: readonly Cell[]
  columns: readonly Column[]
  warnings: readonly PlanWarning[]
  meetingDay: string
}

/** Counted here at once, or said in the cell itself. */
const SHOWN = new Set(['no_lead', 'two_leads', 'due_before', 'unanswered', 'void', 'declined', 'takeback'])

/** What to look at in this row: counted here at once for ◎ and terms, the rest by the server. */
export function RowWarnings({ row, cells, columns, warnings, meetingDay }: Props) {
  const w = words.matrix
  const leads = cells.filter(c => c.code === 'lead').length
  const notes: string[] = []
  if (leads === 0) notes.push(w.noLead)
  if (leads > 1) notes.push(w.manyLeads)
  cells.forEach((c, j) => {
    if (c.due && meetingDay && c.due < meetingDay)
      notes.push(`${columns[j]?.short ?? ''}：${words.date.beforeMeeting(showDate(meetingDay, 'wareki'))}`)
  })
  for (const x of warnings)
    if (x.actionId === row.id && !SHOWN.has(x.code)) notes.push(x.message.replace(/^支援項目\d+: /, ''))
  return (
    <td className="matrix-warn">
      {notes.map(n => (
        <span key={n}>⚠ {n}</span>
      ))}
    </td>
  )
}
