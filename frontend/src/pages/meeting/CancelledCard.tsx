import { Link } from 'wouter'
import type { Room } from '../../api/meeting'
import { useActor } from '../../app/useActor'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'

interface Props {
  room: Room
}

/** 中止: who called the meeting off and why; who holds the case calls the next one with the same contents. */
export function CancelledCard({ room }: Props) {
  const { roles } = useActor()
  const c = room.cancelled
  if (!c) return null
  const w = words.prepare
  const holds = roles.includes('secretariat') || roles.includes('city')
  return (
    <Banner
      tone="warn"
      title={w.cancelled}
      data-testid="cancelled"
      actions={
        holds ? (
          <Link
            href={`/cases/${room.meeting.caseId}/meetings/new?from=${encodeURIComponent(room.meeting.id)}`}
            className="button"
            data-testid="call-again"
          >
            {w.again}
          </Link>
        ) : null
      }
    >
      {[w.cancelledBy(c.by, showInstant(c.at, 'wareki')), c.reason].filter(Boolean).join('　')}
    </Banner>
  )
}
