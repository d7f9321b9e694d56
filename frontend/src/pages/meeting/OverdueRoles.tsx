import { Link } from 'wouter'
import type { OverdueRole } from '../../api/overdue'
import { PageState } from '../../app/PageState'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { OverdueMore } from './OverdueMore'
import { useOverdue } from './useOverdue'

/** 役割分担表の期限: roles of agreed plans whose term is over. */
export function OverdueRoles() {
  const { data, error, reload, failed, busy, more } = useOverdue<OverdueRole>('roles')
  const w = words.overdue
  if (!data) return <PageState error={error} reload={reload} />
  const { lines } = data
  return (
    <section className="stack" aria-labelledby="overdue-roles">
      <h2 id="overdue-roles">{w.roles}</h2>
      <p className="soft">{w.rolesIntro}</p>
      <p role="status" data-testid="roles-count">
        {lines.length ? w.count(lines.length, lines.filter(l => l.mine).length) : w.rolesNone}
      </p>
      {data.next ? (
        <OverdueMore
          part="roles"
          looked={w.rolesLooked(data.looked, data.total)}
          more={w.rolesMore(data.total - data.looked)}
          failed={failed}
          busy={busy}
          onMore={more}
        />
      ) : null}
      {lines.length ? (
        <Table caption={w.list(lines.length)} head={w.rolesHeads} data-testid="roles-list">
          {lines.map(l => (
            <Row key={l.docId + l.actionId + l.column} line={l} />
          ))}
        </Table>
      ) : null}
    </section>
  )
}

function Row({ line }: { line: OverdueRole }) {
  const w = words.overdue
  return (
    <tr data-testid={`role-${line.actionId}-${line.column}`}>
      <td className="num nowrap">
        <Link href={`/cases/${line.caseId}`}>{line.caseNumber}</Link>
      </td>
      <td className="nowrap">
        <Link href={`/plans/${line.planId}`}>{words.cases.planRound(line.round)}</Link>
      </td>
      <th scope="row">{line.action || w.noText}</th>
      <td>
        <span className="nowrap">
          {line.mark} {line.codeLabel}
        </span>
        {line.content ? <span className="soft">{`　${line.content}`}</span> : null}
      </td>
      <td>
        {line.agencyName}
        {line.who ? <span className="soft">{`　${line.who}`}</span> : null}
        {line.mine ? (
          <>
            {' '}
            <Chip tone="warn">{w.mineRole}</Chip>
          </>
        ) : null}
      </td>
      <td className="num nowrap">{showDate(line.due, 'wareki')}</td>
      <td className="num nowrap">
        <Chip tone="bad">{w.days(line.days)}</Chip>
      </td>
    </tr>
  )
}
