/** A 宿題 that is open after its term, of any case. */
export interface OverdueLine {
  /** '' when the reader knows the case from its meeting only. */
  caseId: string
  caseNumber: string
  meetingId: string
  meeting: string
  docId: string
  row: string
  agencyName: string
  who: string
  due: string
  days: number
  text: string
  statusLabel: string
  mine: boolean
}

/** A role of an agreed plan whose term is over. */
export interface OverdueRole {
  caseId: string
  caseNumber: string
  planId: string
  round: number
  docId: string
  actionId: string
  column: string
  agencyName: string
  mark: string
  codeLabel: string
  action: string
  content: string
  who: string
  due: string
  days: number
  mine: boolean
}

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
export interface WaitingLead {
  caseId: string
  caseNumber: string
  offerId: string
  kindLabel: string
  fromName: string
  toName: string
  at: string
  stateLabel: string
  due: string
  late: boolean
  mine: boolean
}

/** GET /api/overdue?of=leads. */
export interface WaitingLeads {
  lines: WaitingLead[]
  more: boolean
}
