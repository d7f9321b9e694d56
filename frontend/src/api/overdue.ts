import type * as Schema from './schema'
/** A 宿題 that is open after its term, of any case. */
export type OverdueLine = Schema.MeetingOverdueLine

/** A role of an agreed plan whose term is over. */
export type OverdueRole = Schema.MeetingOverdueRole

/** A page of GET /api/overdue?of=tasks|roles. */
export interface OverduePart<L> {
  lines: L[]
  /** Meetings (or plans) looked through for this page, and how many there are in all. */
  looked: number
  total: number
  /** Asks for the next page; '' there is none. */
  next: string
}

/** 主担当 that was asked for and not answered. */
export type WaitingLead = Schema.MeetingWaitingLead

/** GET /api/overdue?of=leads. */
export type WaitingLeads = Schema.MeetingWaitingLeads
