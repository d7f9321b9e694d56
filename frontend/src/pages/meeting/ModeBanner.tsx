import { Link } from 'wouter'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { showTime } from '../../dates/showTime'
import { Icon } from '../../parts/Icon'
import { words } from '../../words'
import { FrameTools } from './FrameTools'
import { NoticeButton } from './NoticeButton'
import { Peers } from './Peers'
import type { RoomProps } from './RoomProps'

/** The legal mode in words, with an icon, always in sight: 支援会議 and 重層的支援会議 never look alike. */
export function ModeBanner({ room, act }: RoomProps) {
  const w = words.meeting
  const { meeting } = room
  const support = meeting.mode === 'support'
  return (
    <div className="mode" data-mode={meeting.mode}>
      <p className="mode-name" data-testid="mode-banner">
        <Icon name={support ? 'lock' : 'consent'} /> {room.consent.label}
      </p>
      <div className="mode-what">
        <strong>
          {w.no(meeting.no)} {meeting.title}
        </strong>
        <span data-testid="room-status">{room.statusLabel}</span>
        <span>
          {showInstant(meeting.openedAt ?? meeting.plannedStart, 'wareki')}〜
          {showTime(meeting.closedAt ?? meeting.plannedEnd)}　{meeting.place}
        </span>
        {['draft', 'reception', 'cancelled'].includes(room.status) ? (
          <a href={`${base}/api/meetings/${meeting.id}/invitation.ics`} className="no-print" data-testid="invitation">
            {room.cancelled ? words.prepare.cancelledCalendar : words.sitting.calendar}
          </a>
        ) : null}
        <NoticeButton room={room} />
        <FrameTools room={room} act={act} />
      </div>
      <Peers id={meeting.id} />
      <nav className="screens no-print" aria-label={words.during.screens}>
        <Link
          href={`/meetings/${meeting.id}/screen`}
          target="_blank"
          className="button"
          data-small
          data-testid="open-screen"
        >
          {w.screen}
        </Link>
        {(['person', 'recorder'] as const).map(kind => (
          <Link
            key={kind}
            href={`/meetings/${meeting.id}/screen?kind=${kind}`}
            target="_blank"
            data-testid={`open-screen-${kind}`}
          >
            {words.during.screenKinds[kind]}
          </Link>
        ))}
      </nav>
    </div>
  )
}
