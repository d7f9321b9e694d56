import { Link } from 'wouter'
import type { OverdueLine, OverdueList } from '../../api/overdue'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 期限を過ぎた宿題: what is late in all cases the reader may see, the longest first. */
export function OverduePage() {
  const { data, error, reload } = useLoad<OverdueList>('/overdue')
  const w = words.overdue
  if (!data) return <PageState error={error} reload={reload} />
  const { lines } = data
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">{w.intro}</p>
      <p className="soft">{w.support}</p>
      {data.more ? <Banner tone="info" title={w.more} data-testid="overdue-more" /> : null}
      <p role="status" data-testid="overdue-count">
        {lines.length ? w.count(lines.length, lines.filter(l => l.mine).length) : w.none}
      </p>
      {lines.length ? (
        <Table caption={w.title} head={w.heads} data-testid="overdue-list">
          {lines.map(l => (
            <Row key={l.docId + l.row} line={l} />
          ))}
        </Table>
      ) : null}
    </div>
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
