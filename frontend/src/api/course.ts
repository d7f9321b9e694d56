/** スクリーニング as one reader may see it. */
export interface ScreeningLine {
  day: string
  result: string
  resultLabel: string
  grounds: string[]
  groundLabels: string[]
  to: string
  confirmedOn: string
  reason: string
  byName: string
  agencyName: string
  at: string
  /** A newer one has taken its place, or it is of an earlier インテーク. */
  past: boolean
}

/** One move of a case from stage to stage. */
export interface StepLine {
  from: string
  fromLabel: string
  to: string
  toLabel: string
  at: string
  byName: string
  agencyName: string
  code: string
  codeLabel: string
  reason: string
  until: string
}

/** GET /api/cases/{case}/course. */
export interface Course {
  stage: string
  version: number
  screenings: ScreeningLine[]
  steps: StepLine[]
  mayScreen: boolean
  /** 再開予定日 of the 中断 that lasts, and for how many days it is over. */
  until: string
  daysLate: number
  closing?: { agreed: boolean; evaluated: boolean; planned: boolean; lead: string } | null
  withheld: boolean
  former?: CaseLink | null
  later?: CaseLink[]
}

/** A line of GET /api/overdue?of=pauses. */
export interface PausedLine {
  caseId: string
  caseNumber: string
  since: string
  until: string
  days: number
}

/** The other case of a 再受付, for who has to do with it too. */
export interface CaseLink {
  caseId: string
  number: string
  stageLabel: string
  at: string
  reason?: string
}

/** A line of GET /api/cases/{case}/followups. */
export interface FollowupLine {
  id: string
  agencyId: string
  agencyName: string
  dueOn: string
  daysLate: number
  state: 'planned' | 'done' | 'dropped'
  methodLabel: string
  resultLabel: string
  note: string
  doneOn: string
  doneBy: string
  mayDo: boolean
  withheld: boolean
}

/** A line of GET /api/overdue?of=followups. */
export interface LateFollowup {
  caseId: string
  caseNumber: string
  agencyName: string
  dueOn: string
  days: number
}
