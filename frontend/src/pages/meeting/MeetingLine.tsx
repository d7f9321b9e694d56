import { Link } from 'wouter'
import type { MeetingRef } from '../../api/meeting'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { Icon } from '../../parts/Icon'
import { words } from '../../words'

interface Props {
  meeting: MeetingRef
}

/** A meeting in a list. */
export function MeetingLine({ meeting: m }: Props) {
  const w = words.meeting
  return (
    <li className="row">
      <Chip tone={m.mode}>
        <Icon name={m.mode === 'support' ? 'lock' : 'consent'} />
        {m.typeName}
      </Chip>
      <Link href={`/meetings/${m.id}`} data-testid={`meeting-${m.caseNumber}-${m.no}`}>
        {w.no(m.no)} {m.title}
      </Link>
      <span className="soft">{showInstant(m.plannedStart, 'wareki')}</span>
      <Chip tone={m.status === 'open' || m.status === 'agreeing' ? 'good' : 'plain'}>{m.statusLabel}</Chip>
    </li>
  )
}
