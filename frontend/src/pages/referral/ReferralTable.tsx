import { Link } from 'wouter'
import type { ReferralLine } from '../../api/referral'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  caption: string
  lines: readonly ReferralLine[]
  'data-testid'?: string
}

/** つなぎ in lines; what waits too long is red and says so. */
export function ReferralTable({ caption, lines, ...rest }: Props) {
  const w = words.referral
  return (
    <Table caption={caption} head={w.heads} {...rest}>
      {lines.map(l => (
        <tr key={l.id}>
          <td className="nowrap">{showInstant(l.at, 'short').split(' ')[0]}</td>
          <th scope="row" className="nowrap">
            {l.caseId ? <Link href={`/cases/${l.caseId}`}>{l.caseNumber}</Link> : l.caseNumber}
          </th>
          <td>{w.pair(l.fromName, l.toName)}</td>
          <td className="nowrap">{l.wish ? showDate(l.wish, 'wareki') : words.form.none}</td>
          <td>
            <ReferralState line={l} />
          </td>
          <td className="nowrap">{l.due ? showDate(l.due, 'wareki') : words.form.none}</td>
          <td className="nowrap">
            <Link href={`/referrals/${l.id}`} aria-label={w.openOf(l.caseNumber)}>
              {w.open}
            </Link>
          </td>
        </tr>
      ))}
    </Table>
  )
}

const TONES: Record<string, 'good' | 'warn' | 'bad'> = {
  accepted: 'good',
  declined: 'bad',
  asked: 'warn',
  checking: 'warn',
}

/** Where a つなぎ stands. */
export function ReferralState({ line: l }: { line: ReferralLine }) {
  const w = words.referral
  return (
    <span className="row">
      <Chip tone={TONES[l.state] ?? 'plain'}>{l.stateLabel}</Chip>
      {l.days ? <Chip tone="bad">{w.late(l.days)}</Chip> : null}
      {l.mine ? <Chip tone="warn">{w.mine}</Chip> : null}
      {l.kept ? <Chip tone="bad">{w.kept}</Chip> : null}
    </span>
  )
}
