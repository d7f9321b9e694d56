/** A 議題 as being prepared. */
export interface AgendaDraft {
  key: number
  title: string
  purpose: string
  kind: string
  point: string
  minutes: string
  item: string
}

/** A meeting as being prepared. */
export interface MeetingDraft {
  /** 会議種別. */
  type: string
  mode: string
  title: string
  date: string
  start: string
  end: string
  place: string
  form: string
  convener: string
  basis: string
  reason: string
  chairId: string
  recorderId: string
  /** null: the newest plan. */
  planId: string | null
  /** null: all members of the case. */
  agencies: string[] | null
  /** null: as the type begins. */
  agenda: AgendaDraft[] | null
}

/** A new draft for a day. */
export function newMeetingDraft(userId: string, date: string): MeetingDraft {
  return {
    type: 'layered',
    mode: 'layered',
    title: '',
    date,
    start: '10:00',
    end: '11:00',
    place: '',
    form: 'hybrid',
    convener: '',
    basis: '',
    reason: '',
    chairId: userId,
    recorderId: '',
    planId: null,
    agencies: null,
    agenda: null,
  }
}
