import type { Room } from '../../api/meeting'
import { jstParts } from '../../dates/jstParts'
import { type MeetingDraft, newMeetingDraft } from './MeetingDraft'

/** A draft with what an earlier meeting said: people, place, clock, plan, seats and agenda; the day is still to be chosen. */
export function draftFrom(room: Room, date: string): MeetingDraft {
  const m = room.meeting
  return {
    ...newMeetingDraft(m.chairId, date),
    type: m.type.id,
    mode: m.mode,
    title: m.title,
    start: jstParts(m.plannedStart).time,
    end: jstParts(m.plannedEnd).time,
    place: m.place,
    form: m.form,
    convener: room.convened?.convener ?? '',
    basis: room.convened?.basis ?? '',
    reason: room.convened?.reason ?? '',
    recorderId: m.recorderId,
    planId: room.planId,
    agencies: room.seats.map(s => s.agencyId),
    agenda: room.agenda
      .filter(a => !a.withheld)
      .map((a, i) => ({
        key: i + 1,
        title: a.title,
        purpose: a.purpose,
        kind: a.kind ?? '',
        point: a.point,
        minutes: a.minutes ? String(a.minutes) : '',
        item: a.item,
      })),
  }
}
