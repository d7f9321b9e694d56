import { Link } from 'wouter'
import type { OverdueRole } from '../../api/overdue'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { OverdueList } from './OverdueList'

/** 役割分担表の期限: roles of agreed plans whose term is over. */
export function OverdueRoles() {
  const w = words.overdue
  return (
    <OverdueList<OverdueRole>
      part="roles"
      name="roles"
      title={w.roles}
      intro={w.rolesIntro}
      count={lines => (lines.length ? w.count(lines.length, lines.filter(l => l.mine).length) : w.rolesNone)}
      looked={w.rolesLooked}
      more={w.rolesMore}
      head={w.rolesHeads}
      row={l => <Row key={l.docId + l.actionId + l.column} line={l} />}
    />
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
