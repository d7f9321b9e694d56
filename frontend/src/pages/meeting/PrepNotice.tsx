import type { Room } from '../../api/meeting'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { findAct } from './findAct'

interface Props {
  room: Room
  onGo: () => void
}

/** Before the meeting: the agency's 準備シート is waited for. */
export function PrepNotice({ room, onGo }: Props) {
  const w = words.prep
  const waits = room.status === 'draft' && findAct(room, 'prepared')?.allowed && !room.you.prepared
  if (!waits || room.you.undesignated) return null
  return (
    <Banner
      title={w.notice}
      data-testid="prep-notice"
      actions={
        <Button small onClick={onGo} data-testid="prep-go">
          {w.go}
        </Button>
      }
    >
      {w.noticeText}
    </Banner>
  )
}
