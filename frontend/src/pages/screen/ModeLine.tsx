import type { Room } from '../../api/meeting'
import { Icon } from '../../parts/Icon'
import { words } from '../../words'

interface Props {
  room: Room
  title: string
}

/** The legal mode on the projector. */
export function ModeLine({ room, title }: Props) {
  const w = words.meeting
  const support = room.meeting.mode === 'support'
  return (
    <div className="mode" data-mode={room.meeting.mode}>
      <p className="mode-name" data-testid="mode-banner">
        <Icon name={support ? 'lock' : 'consent'} /> {room.consent.label}
      </p>
      <p className="mode-what">
        <strong>
          {w.no(room.meeting.no)} {title}
        </strong>
        <span>{room.statusLabel}</span>
      </p>
    </div>
  )
}
