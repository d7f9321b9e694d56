import type { Room } from '../../api/meeting'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { words } from '../../words'

interface Props {
  room: Room
}

/** 出席簿 and 守秘義務確認書 for those who run the meeting: before 閉会 the sheets to be signed, from 受付 on who was there and who has confirmed. */
export function AttendancePaper({ room }: Props) {
  const { noCopies } = useActor()
  const { you, status } = room
  if (noCopies || status === 'cancelled' || !(you.holder || you.chair || you.recorder)) return null
  const meeting = `${base}/api/meetings/${room.meeting.id}`
  const at = `${meeting}/attendance.pdf`
  const secrecy = `${meeting}/secrecy.pdf`
  const w = words.meeting
  return (
    <>
      {['draft', 'reception', 'open', 'agreeing'].includes(status) ? (
        <a href={`${at}?blank=1`} target="_blank" rel="noreferrer" className="no-print" data-testid="attendance-blank">
          {w.attendanceBlank}
        </a>
      ) : null}
      {['draft', 'reception', 'open', 'agreeing'].includes(status) ? (
        <a
          href={`${secrecy}?blank=1`}
          target="_blank"
          rel="noreferrer"
          className="no-print"
          data-testid="secrecy-blank"
        >
          {w.secrecyBlank}
        </a>
      ) : null}
      {status === 'draft' ? null : (
        <a href={at} target="_blank" rel="noreferrer" className="no-print" data-testid="attendance-pdf">
          {w.attendancePaper}
        </a>
      )}
      {status === 'draft' ? null : (
        <a href={secrecy} target="_blank" rel="noreferrer" className="no-print" data-testid="secrecy-pdf">
          {w.secrecyRecord}
        </a>
      )}
    </>
  )
}
