import { useEffect, useRef, useState } from 'react'
import type { Room } from '../../../api/meeting'
import { words } from '../../../words'
import { peopleNews } from './peopleNews'

/** What others did since the last look, in words for the live region: the newest first thing of each sort. */
export function newsOf(was: Room, room: Room, me: string): string {
  const w = words.during
  const said = peopleNews(was, room, me)
  if (room.phase && room.phase !== was.phase)
    said.push(w.phaseNow(room.phases.find(p => p.id === room.phase)?.label ?? ''))
  if (room.current && room.current !== was.current) {
    const item = room.agenda.find(a => a.id === room.current)
    if (item) said.push(w.agendaNow(item.title))
  }
  for (const h of room.hands) {
    if (h.key === me || was.hands.some(x => x.key === h.key && x.kind === h.kind)) continue
    said.push(w.handFrom(h.name, words.meeting.handKinds.find(k => k.value === h.kind)?.label ?? ''))
  }
  const turn = speaking(room)
  if (turn && turn !== speaking(was)) said.push(w.turnNow(room.seats.find(s => s.agencyId === turn)?.name ?? ''))
  for (const n of room.during.notes) {
    if (!was.during.notes.some(x => x.id === n.id)) said.push(w.newNote(w.kinds[n.kind], n.agencyName))
  }
  if (room.during.shown && room.during.shown !== was.during.shown && !room.you.chair)
    said.push(w.shownTo(tabName(room.during.shown)))
  return said.join('。')
}

export function tabName(tab: string): string {
  return (words.meeting.tabs as Record<string, string>)[tab] ?? tab
}

function speaking(room: Room): string {
  const turns = room.during.turns
  return turns && !turns.endedAt ? (turns.order.find(t => t.state === 'speaking')?.agencyId ?? '') : ''
}

/** The words of the live region; they stay until there are others. */
export function useNews(room: Room, me: string): string {
  const was = useRef(room)
  const [news, setNews] = useState('')
  useEffect(() => {
    if (was.current === room) return
    const said = newsOf(was.current, room, me)
    was.current = room
    if (said) setNews(said)
  }, [room, me])
  return news
}
