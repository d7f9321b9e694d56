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

/** GET /api/overdue. */
export interface OverdueList {
  lines: OverdueLine[]
  /** There are older meetings that were not looked through. */
  more: boolean
}
