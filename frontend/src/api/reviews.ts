/** What belongs to one person and class of information. */
export interface Said {
  change: string
  voice: string
  found: string
  view: string
  changes: string[]
  agencyChanges: string[]
  endReason: string
  after: string
}

/** A モニタリング or 評価 as the reader sees it. */
export interface ReviewLine {
  id: string
  kind: 'monitor' | 'evaluation'
  /** Round of the plan; 0 = an earlier one. */
  round: number
  day: string
  agencyName: string
  userName: string
  recordedAt: string
  goals: { goal: string; text: string; code: string; label: string }[]
  /** Goals the reader may not see. */
  unseen: number
  verdict: string
  verdictLabel: string
  nextDay: string
  who: string
  personId: string
  item: string
  itemLabel: string
  /** 同意範囲外: said is empty. */
  hidden: boolean
  said: Said
  changeLabels: string[]
  agencyLabels: string[]
  endLabel: string
  corrected: number
  mayCorrect: boolean
}

/** GET /api/cases/{case}/reviews. */
export interface ReviewBoard {
  caseNumber: string
  stage: string
  /** '' = no plan was agreed to yet. */
  planId: string
  round: number
  goals: { id: string; kind: string; text: string; due: string }[]
  due: string
  daysLate: number
  records: ReviewLine[]
  people: { id: string; label: string }[]
  items: string[]
  mayEvaluate: boolean
}

/** What is typed of one and sent to POST /api/cases/{case}/reviews, but for its id. */
export interface ReviewInput {
  kind: 'monitor' | 'evaluation'
  day: string
  goals: { goal: string; code: string }[]
  verdict: string
  nextDay: string
  personId: string
  item: string
  said: Said
  replaces: string
}

/** A line of GET /api/overdue?of=monitoring. */
export interface OverdueMonitoring {
  caseId: string
  caseNumber: string
  planId: string
  round: number
  due: string
  days: number
  /** '' = none was made. */
  lastDay: string
}
