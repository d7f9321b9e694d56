import { jstInstant } from '../../dates/jstInstant'
import { words } from '../../words'
import type { AgendaDraft, MeetingDraft } from './MeetingDraft'
import { agendaBody, agendaComplete } from './meetingBody'

/** A 案件 of a 開催 as being prepared. */
export interface CaseDraft {
  key: number
  caseId: string
  minutes: string
  /** null: the newest plan of the case. */
  planId: string | null
  /** null: all members of the case. */
  agencies: string[] | null
  /** null: as the type begins. */
  agenda: AgendaDraft[] | null
}

/** A 案件 whose agenda is known. */
export interface ReadyCase extends CaseDraft {
  agenda: AgendaDraft[]
}

/** A new 案件. */
export function newCaseDraft(key: number): CaseDraft {
  return {
    key,
    caseId: '',
    minutes: '30',
    planId: null,
    agencies: null,
    agenda: null,
  }
}

/** What is still missing, in the order of the page; undefined when the 開催 can be called for. */
export function sittingMissing(d: MeetingDraft, cases: readonly ReadyCase[]): string | undefined {
  if (!d.title.trim()) return words.form.needed(words.meeting.titleField)
  for (const [i, c] of cases.entries()) {
    const n = i + 1
    if (!c.caseId) return words.sitting.needCase(n)
    if (cases.findIndex(x => x.caseId === c.caseId) < i) return words.sitting.twice
    const minutes = Number(c.minutes)
    if (!Number.isInteger(minutes) || minutes < 5 || minutes > 480) return words.sitting.needMinutes(n)
    if (!agendaComplete(c.agenda)) return words.sitting.needAgenda(n)
  }
  return undefined
}

/** The 開催 as the interface takes it. */
export function sittingBody(d: MeetingDraft, cases: readonly ReadyCase[]): object {
  const support = d.mode === 'support'
  return {
    type: d.type,
    mode: d.mode,
    title: d.title,
    plannedStart: jstInstant(d.date, d.start),
    place: d.place,
    form: d.form,
    convener: support ? d.convener : '',
    basis: support ? d.basis : '',
    reason: support ? d.reason : '',
    chairId: d.chairId,
    recorderId: d.recorderId,
    cases: cases.map(c => ({
      caseId: c.caseId,
      planId: c.planId ?? '',
      minutes: Number(c.minutes),
      agencies: c.agencies,
      agenda: agendaBody(c.agenda),
    })),
  }
}
