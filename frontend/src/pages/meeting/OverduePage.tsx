import { Link } from 'wouter'
import type { OverdueLine } from '../../api/overdue'
import { PageState } from '../../app/PageState'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { OverdueFollowups } from '../cases/OverdueFollowups'
import { OverduePauses } from '../cases/OverduePauses'
import { OverdueReferrals } from '../referral/OverdueReferrals'
import { OverdueMonitorings } from './OverdueMonitorings'
import { OverdueMore } from './OverdueMore'
import { OverdueRoles } from './OverdueRoles'
import { useOverdue } from './useOverdue'
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
  const { data, error, reload, failed, busy, more } = useOverdue<OverdueLine>('tasks')
  const w = words.overdue
  if (!data) return <PageState error={error} reload={reload} />
  const { lines } = data
  return (
    <section className="stack" aria-labelledby="overdue-tasks">
      <h2 id="overdue-tasks">{w.tasks}</h2>
      <p className="soft">
        {w.intro}
        {w.support}
      </p>
      <p role="status" data-testid="overdue-count">
        {lines.length ? w.count(lines.length, lines.filter(l => l.mine).length) : w.none}
      </p>
      {data.next ? (
        <OverdueMore
          part="tasks"
          looked={w.looked(data.looked, data.total)}
          more={w.more(data.total - data.looked)}
          failed={failed}
          busy={busy}
          onMore={more}
        />
      ) : null}
      {lines.length ? (
        <Table caption={w.list(lines.length)} head={w.heads} data-testid="overdue-list">
          {lines.map(l => (
            <Row key={l.docId + l.row} line={l} />
          ))}
        </Table>
      ) : null}
    </section>
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
