import { jstInstant } from '../../dates/jstInstant'
import type { AgendaDraft, MeetingDraft } from './MeetingDraft'

/** The draft as the interface takes it. */
export function meetingBody(d: MeetingDraft, agencies: readonly string[], agenda: readonly AgendaDraft[]): object {
  const support = d.mode === 'support'
  return {
    type: d.type,
    mode: d.mode,
    planId: d.planId ?? '',
    title: d.title,
    plannedStart: jstInstant(d.date, d.start),
    plannedEnd: jstInstant(d.date, d.end),
    place: d.place,
    form: d.form,
    convener: support ? d.convener : '',
    basis: support ? d.basis : '',
    reason: support ? d.reason : '',
    agencies,
    chairId: d.chairId,
    recorderId: d.recorderId,
    agenda: agendaBody(agenda),
  }
}

/** The 議題 as the interface takes them; an empty line is none. */
export function agendaBody(agenda: readonly AgendaDraft[]): object[] {
  return agenda
    .filter(a => a.title.trim() || a.point.trim())
    .map(({ key: _, minutes, ...item }) => ({ ...item, minutes: minutesOf(minutes) }))
}

/** 予定 as typed, in any width; nothing is 0. What is no number is refused beside the list. */
export function minutesOf(s: string): number {
  const plain = s.normalize('NFKC').trim()
  return /^\d{0,4}$/.test(plain) ? Number(plain) : -1
}

/** Every 議題 has a title, a purpose and a 論点, and there is one. */
export function agendaComplete(agenda: readonly AgendaDraft[]): boolean {
  const said = agenda.filter(a => a.title.trim() || a.point.trim())
  return said.length > 0 && said.every(a => a.title.trim() && a.purpose && a.point.trim())
}
