import { LivePage } from '../../live/LivePage'
import { MeetingRoom } from './MeetingRoom'

interface Props {
  id: string
}

/** The meeting room with its live connection. */
export function MeetingPage({ id }: Props) {
  return (
    <LivePage context={id}>
      <MeetingRoom id={id} />
    </LivePage>
  )
}
