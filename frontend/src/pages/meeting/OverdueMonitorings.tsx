import { Link } from 'wouter'
import type { OverdueMonitoring } from '../../api/reviews'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { OverdueList } from './OverdueList'

/** 期限を過ぎたモニタリング: agreed plans that nobody has looked at since they should have been. */
export function OverdueMonitorings() {
  const w = words.reviews
  const o = words.overdue
  return (
    <OverdueList<OverdueMonitoring>
      part="monitoring"
      name="monitoring"
      title={w.overdue}
      intro={w.overdueIntro}
      count={lines => (lines.length ? w.overdueCount(lines.length) : w.overdueNone)}
      looked={o.rolesLooked}
      more={o.rolesMore}
      head={w.overdueHeads}
      row={l => (
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
      )}
    />
  )
}
