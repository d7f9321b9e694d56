import type * as Schema from './schema'
/** 主担当の引き継ぎ: an offer and what became of it. */
export interface Handover {
  id: string
  docId: string
  actionId: string
  from: string
  fromName: string
  to: string
  toName: string
  note: string
  doneAt?: string | null
  accepted: boolean
  reason: string
}

export interface SenseAnswer {
  agencyId: string
  agencyName: string
  feel: string
  note: string
}

/** 感触確認: it binds nobody. */
export interface Sense {
  at: string
  revealed: boolean
  over: boolean
  missing: string[]
  own: SenseAnswer | null
  list: SenseAnswer[]
}

/** Part of the plan an objection names. */
export interface Spot {
  kind: string
  docId: string
  row: string
  column: string
}

/** 修正の申し出 to the minutes. */
export interface Suggestion {
  id: string
  version: number
  where: string
  text: string
  reason: string
  by: string
  agencyName: string
  at: string
  doneAt?: string | null
  accepted: boolean
  answer: string
  withheld: boolean
}

interface Survey {
  name: string
  agencyName: string
  scores: Record<string, number>
  note: string
}

export interface SurveyLine {
  questions: { id: string; label: string }[]
  own: Survey | null
  count: number
  /** For those who hold the record. */
  results: Survey[]
}

/** 宿題 with how far it is. */
export interface Homework {
  meetingId: string
  meetingNo: number
  docId: string
  row: string
  agencyName: string
  who: string
  due: string
  text: string
  status: string
  statusLabel: string
  note: string
  by: string
  late: boolean
  mine: boolean
}

/** A 議題 or a 保留 that an earlier meeting put off. */
export type Carried = Schema.MeetingCarriedItem

/** GET /api/meetings/{id}/followup. */
export interface Followup {
  homework: Homework[]
  carried: Carried[]
  late: number
}
