import { Link } from 'wouter'
import type { OverdueMonitoring } from '../../api/reviews'
import { PageState } from '../../app/PageState'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { OverdueMore } from './OverdueMore'
import { useOverdue } from './useOverdue'

/** 期限を過ぎたモニタリング: agreed plans that nobody has looked at since they should have been. */
export function OverdueMonitorings() {
  const { data, error, reload, failed, busy, more } = useOverdue<OverdueMonitoring>('monitoring')
  const w = words.reviews
  const o = words.overdue
  if (!data) return <PageState error={error} reload={reload} />
  const { lines } = data
  return (
    <section className="stack" aria-labelledby="overdue-monitoring">
      <h2 id="overdue-monitoring">{w.overdue}</h2>
      <p className="soft">{w.overdueIntro}</p>
      <p role="status" data-testid="monitoring-count">
        {lines.length ? w.overdueCount(lines.length) : w.overdueNone}
      </p>
      {data.next ? (
        <OverdueMore
          part="monitoring"
          looked={o.rolesLooked(data.looked, data.total)}
          more={o.rolesMore(data.total - data.looked)}
          failed={failed}
          busy={busy}
          onMore={more}
        />
      ) : null}
      {lines.length ? (
        <Table caption={o.list(lines.length)} head={w.overdueHeads} data-testid="monitoring-list">
          {lines.map(l => (
            <tr key={l.planId}>
              <td className="num nowrap">
                <Link href={`/cases/${l.caseId}/reviews`}>{l.caseNumber}</Link>
              </td>
              <td className="nowrap">
                <Link href={`/plans/${l.planId}`}>{words.cases.planRound(l.round)}</Link>
              </td>
              <td className="num nowrap">{showDate(l.due, 'wareki')}</td>
              <td className="num nowrap">
                <Chip tone="bad">{o.days(l.days)}</Chip>
              </td>
              <td className="num nowrap">{l.lastDay ? showDate(l.lastDay, 'wareki') : w.overdueLast}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  )
}
