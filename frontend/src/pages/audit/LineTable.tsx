import type { AuditLine } from '../../api/audit'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  caption: string
  lines: readonly AuditLine[]
  /** Offers to narrow the list to one sign-in. */
  onSession?: (session: string) => void
}

/** Entries of the log, newest first. */
export function LineTable({ caption, lines, onSession }: Props) {
  const w = words.audit
  const parts = lines.some(l => l.part)
  return (
    <Table
      caption={caption}
      head={[w.at, w.actor, w.what, w.case, w.result, parts ? w.part : w.device]}
      data-testid="audit-lines"
    >
      {lines.map(l => (
        <tr key={l.id} data-verb={l.verb}>
          <th scope="row" className="nowrap">
            {showInstant(l.at, 'short')}
          </th>
          <td>
            {l.actor} {l.post ? <span className="soft">{l.post}</span> : null}
            <div className="soft">{l.agency}</div>
          </td>
          <td>
            {l.verbLabel}
            {l.what ? <div className="soft">{l.what}</div> : null}
          </td>
          <td className="nowrap">{l.caseNumber}</td>
          <td>
            <Chip tone={l.result === 'ok' ? 'plain' : 'warn'}>{l.resultLabel}</Chip>
            {l.reasonLabel ? <div className="soft">{w.why(l.reasonLabel)}</div> : null}
          </td>
          <td>
            {parts ? l.part : l.ip}
            {onSession && l.session ? (
              <div>
                <Button
                  small
                  kind="text"
                  aria-label={w.sameSessionOf(l.actor, showInstant(l.at, 'short'))}
                  onClick={() => onSession(l.session)}
                >
                  {w.sameSession}
                </Button>
              </div>
            ) : null}
          </td>
        </tr>
      ))}
    </Table>
  )
}
