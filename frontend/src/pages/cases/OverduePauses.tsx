import { Link } from 'wouter'
import type { PausedLine } from '../../api/course'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 中断 whose 再開予定日 is over. Without any there is nothing to see. */
export function OverduePauses() {
  const { data } = useLoad<PausedLine[]>('/overdue?of=pauses')
  const w = words.course
  if (!data?.length) return null
  return (
    <section className="stack" aria-labelledby="overdue-pauses">
      <h2 id="overdue-pauses">{w.overdue}</h2>
      <p className="soft">{w.overdueHint}</p>
      <Table caption={words.overdue.list(data.length)} head={w.overdueHeads} data-testid="overdue-pauses">
        {data.map(l => (
          <tr key={l.caseId}>
            <th scope="row" className="num nowrap">
              <Link href={`/cases/${l.caseId}`}>{l.caseNumber}</Link>
            </th>
            <td className="num nowrap">{showDate(l.since, 'wareki')}</td>
            <td className="num nowrap">{showDate(l.until, 'wareki')}</td>
            <td className="num nowrap">
              <Chip tone="bad">{words.overdue.days(l.days)}</Chip>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
