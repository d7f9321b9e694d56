import type { Room } from '../../api/meeting'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { words } from '../../words'

interface Props {
  room: Room
}

/** The 会議録(案) as a file, for whom there is one: who gets no copies reads it on its tab; in a 支援会議 who confirms it gets the kept one. */
export function MinutesLink({ room }: Props) {
  const { noCopies } = useActor()
  if (noCopies && room.meeting.mode !== 'support') return null
  return <a href={`${base}/api/meetings/${room.meeting.id}/minutes.pdf`}>{words.meeting.minutesPdf}</a>
}
