import { Link } from 'wouter'
import type { OverdueLine } from '../../api/overdue'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { OverdueFollowups } from '../cases/OverdueFollowups'
import { OverduePauses } from '../cases/OverduePauses'
import { OverdueReferrals } from '../referral/OverdueReferrals'
import { OverdueList } from './OverdueList'
import { OverdueMonitorings } from './OverdueMonitorings'
import { OverdueRoles } from './OverdueRoles'
import { WaitingLeads } from './WaitingLeads'

/** 期限を過ぎた宿題: what is late in all cases the reader may see, the longest first. */
export function OverduePage() {
  const w = words.overdue
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <WaitingLeads />
      <OverdueReferrals />
      <OverduePauses />
      <OverdueFollowups />
      <Tasks />
      <OverdueMonitorings />
      <OverdueRoles />
    </div>
  )
}

function Tasks() {
  const w = words.overdue
  return (
    <OverdueList<OverdueLine>
      part="tasks"
      name="overdue"
      title={w.tasks}
      intro={
        <>
          {w.intro}
          {w.support}
        </>
      }
      count={lines => (lines.length ? w.count(lines.length, lines.filter(l => l.mine).length) : w.none)}
      looked={w.looked}
      more={w.more}
      head={w.heads}
      row={l => <Row key={l.docId + l.row} line={l} />}
    />
  )
}

function Row({ line }: { line: OverdueLine }) {
  const w = words.overdue
  return (
    <tr data-testid={`overdue-${line.row}`}>
      <td className="num nowrap">
        {line.caseId ? <Link href={`/cases/${line.caseId}`}>{line.caseNumber}</Link> : line.caseNumber}
      </td>
      <td className="nowrap">
        <Link href={`/meetings/${line.meetingId}`}>{line.meeting}</Link>
      </td>
      <th scope="row">{line.text || w.noText}</th>
      <td>
        {line.agencyName || w.noAgency}
        {line.who ? <span className="soft">{`　${line.who}`}</span> : null}
        {line.mine ? (
          <>
            {' '}
            <Chip tone="warn">{w.mine}</Chip>
          </>
        ) : null}
      </td>
      <td className="num nowrap">{showDate(line.due, 'wareki')}</td>
      <td className="num nowrap">
        <Chip tone="bad">{w.days(line.days)}</Chip>
      </td>
      <td>{line.statusLabel}</td>
    </tr>
  )
}
