import { Link } from 'wouter'
import type { MeetingRef } from '../../api/meeting'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { Icon } from '../../parts/Icon'
import { words } from '../../words'

interface Props {
  meeting: MeetingRef
  /** Its place among the cases of a 開催. */
  n?: number
}

/** A meeting in a list. */
export function MeetingLine({ meeting: m, n }: Props) {
  const w = words.meeting
  return (
    <li className="row">
      {n ? <span>{words.sitting.caseOf(n)}</span> : null}
      <Chip tone={m.mode}>
        <Icon name={m.mode === 'support' ? 'lock' : 'consent'} />
        {m.typeName}
      </Chip>
      <Link href={`/meetings/${m.id}`} data-testid={`meeting-${m.caseNumber}-${m.no}`}>
        {n ? m.caseNumber : null} {w.no(m.no)} {n ? null : m.title}
      </Link>
      <span className="soft">{showInstant(m.plannedStart, 'wareki')}</span>
      <Chip
        tone={m.status === 'open' || m.status === 'agreeing' ? 'good' : m.status === 'cancelled' ? 'warn' : 'plain'}
      >
        {m.statusLabel}
      </Chip>
    </li>
  )
}
