import { jstInstant } from '../../dates/jstInstant'
import type { MeetingDraft } from './MeetingDraft'

/** The draft as the interface takes it. */
export function meetingBody(d: MeetingDraft, agencies: readonly string[]): object {
  const support = d.mode === 'support'
  return {
    type: d.mode,
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
    agenda: d.agenda.filter(a => a.title.trim()).map(({ key: _, ...item }) => item),
  }
}
