import { Link } from 'wouter'
import type { LateFollowup } from '../../api/course'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** フォローアップ whose day is over. Without any there is nothing to see. */
export function OverdueFollowups() {
  const { data } = useLoad<LateFollowup[]>('/overdue?of=followups')
  const w = words.course
  if (!data?.length) return null
  return (
    <section className="stack" aria-labelledby="overdue-followups">
      <h2 id="overdue-followups">{w.overdueFollowups}</h2>
      <Table caption={words.overdue.list(data.length)} head={w.overdueFollowupHeads} data-testid="overdue-followups">
        {data.map(l => (
          <tr key={l.caseId + l.agencyName + l.dueOn}>
            <th scope="row" className="num nowrap">
              <Link href={`/cases/${l.caseId}`}>{l.caseNumber}</Link>
            </th>
            <td>{l.agencyName}</td>
            <td className="num nowrap">{showDate(l.dueOn, 'wareki')}</td>
            <td className="num nowrap">
              <Chip tone="bad">{words.overdue.days(l.days)}</Chip>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
