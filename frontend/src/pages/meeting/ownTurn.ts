import type { Room } from '../../api/meeting'
import { words } from '../../words'
import { findAct } from './findAct'

/** What the reader's own agency has to do now, or what everybody waits for, where no button of the next step says it; '' if nothing. */
export function ownTurn(room: Room): string {
  const w = words.meeting
  if (room.status === 'agreeing') {
    if (!room.answers.own && findAct(room, 'answer')?.allowed) return w.turnAnswer
    return room.answers.revealed ? w.turnDecide : w.turnWait
  }
  const confirmed = room.minutes?.confirmed.some(c => c.agencyId === room.you.seat)
  if (room.status === 'confirming' && !confirmed && findAct(room, 'confirm')?.allowed) return w.turnConfirm
  return ''
}
