import type { Room } from '../../api/meeting'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { words } from '../../words'

/** 資料受渡簿 as PDF for those who run the meeting, and before 閉会 the sheet for papers that are handed out in the room. */
export function HandoverPaper({ room }: { room: Room }) {
  const { noCopies } = useActor()
  const { you, status } = room
  if (noCopies || status === 'cancelled' || !(you.holder || you.chair || you.recorder)) return null
  const at = `${base}/api/meetings/${room.meeting.id}/handouts.pdf`
  const w = words.handouts
  return (
    <p className="row no-print">
      <a href={at} target="_blank" rel="noreferrer" data-testid="handover-pdf">
        {w.registerPaper}
      </a>
      {['draft', 'reception', 'open', 'agreeing'].includes(status) ? (
        <a href={`${at}?blank=1`} target="_blank" rel="noreferrer" data-testid="handover-blank">
          {w.registerBlank}
        </a>
      ) : null}
    </p>
  )
}
