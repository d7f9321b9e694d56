import type { AgendaBlock, MeetingType } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import type { AgendaDraft } from './MeetingDraft'

/** A block of the 議題のひな形 as a 議題 being prepared. */
export function agendaOf(block: AgendaBlock, key: number): AgendaDraft {
  return {
    key,
    title: block.title,
    purpose: block.purpose,
    kind: block.kind,
    point: block.point,
    minutes: block.minutes ? String(block.minutes) : '',
    item: 'basic',
  }
}

/** What the agenda of a new meeting of the type begins with; an empty line where the type says nothing. */
export function firstAgenda(type: MeetingType | undefined): AgendaDraft[] {
  const usual = (type?.agenda ?? []).filter(b => b.usual)
  if (usual.length) return usual.map((b, i) => agendaOf(b, i + 1))
  return [{ key: 1, title: '', purpose: '', kind: '', point: '', minutes: '', item: 'basic' }]
}

/** The blocks that are not in the agenda yet. */
export function offersOf(type: MeetingType | undefined, agenda: readonly AgendaDraft[]): AgendaBlock[] {
  return (type?.agenda ?? []).filter(b => !agenda.some(a => a.title === b.title))
}

/** 既定構成員 of the type that are not among the members of the case. */
export function calledByType(
  type: MeetingType | undefined,
  agencies: readonly Agency[],
  members: readonly { agencyId: string }[],
): Agency[] {
  return agencies.filter(
    a =>
      a.active &&
      (type?.agencies?.includes(a.id) || type?.categories?.includes(a.category)) &&
      !members.some(m => m.agencyId === a.id),
  )
}
