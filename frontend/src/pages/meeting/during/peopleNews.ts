import type { Room } from '../../../api/meeting'
import { words } from '../../../words'

/** How many names are read out at once; the others are counted. */
const NAMES = 3

/** Who came, who left, who has answered, and that the meeting itself went on. What an agency answered is not said here. */
export function peopleNews(was: Room, room: Room, me: string): string[] {
  const w = words.during
  const said: string[] = []
  if (room.status !== was.status) said.push(w.statusNow(room.statusLabel))
  const before = new Set(present(was, me).map(p => p.key))
  const now = present(room, me)
  const here = new Set(now.map(p => p.key))
  const come = now.filter(p => !before.has(p.key)).map(p => w.person(p.name, p.agencyName))
  const gone = present(was, me)
    .filter(p => !here.has(p.key))
    .map(p => w.person(p.name, p.agencyName))
  if (come.length) said.push(w.came(listed(come)))
  // at 閉会 all leave at once, and nobody needs to be told
  if (gone.length && room.status === was.status) said.push(w.went(listed(gone)))
  if (room.status === 'agreeing' && was.status === 'agreeing') {
    const asked = room.seats.filter(s => s.asked)
    const fresh = asked.filter(
      s => s.answered && s.agencyId !== room.you.seat && was.seats.some(x => x.agencyId === s.agencyId && !x.answered),
    )
    const count = asked.filter(s => s.answered).length
    if (fresh.length) said.push(w.answeredBy(listed(fresh.map(s => s.name)), count, asked.length))
  }
  return said
}

/** Who is in the room now, but for the reader. */
function present(room: Room, me: string) {
  return room.attendance.filter(p => p.key !== me && !p.absent && p.spans.length > 0 && !p.spans.at(-1)?.to)
}

function listed(names: readonly string[]): string {
  return words.during.names(names.slice(0, NAMES).join('、'), names.length - NAMES)
}
