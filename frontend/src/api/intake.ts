/** A 受付 in the list: number and initial, never a name. */
export interface IntakeLine {
  caseId: string
  caseNumber: string
  initial: string
  at: string
  agencyName: string
  asker: string
  fields: string[]
  urgency: string
  urgent: boolean
  danger: boolean
  consentLabel: string
  triage: string
  triageLabel: string
  stageLabel: string
  /** Given to 多機関協働, and nobody has begun with it. */
  waits: boolean
}

/** GET /api/cases/{case}/intake: the 受付 as its reader may see it. */
export interface IntakeView {
  at: string
  agencyName: string
  byName: string
  asker: string
  askerName: string
  askerRelation: string
  name: string
  kana: string
  birth: string
  ageBand: string
  district: string
  contact: string
  route: string
  trouble: string
  fields: string[]
  urgency: string
  danger: boolean
  consent: string
  consentLabel: string
  triage: string
  triageLabel: string
  triageBy: string
  triageAt: string
  note: string
  /** Classes that are not shown. */
  withheld: string[]
  mayTriage: string[]
  mayRefer: boolean
}

/** A case in which somebody may be the same person. */
export interface Similar {
  caseId: string
  number: string
  stageLabel: string
  openedAt: string
  name: string
  kana: string
  birth: string
  why: string[]
}

/** Of what the searcher may see, and of nothing else. */
export interface Found {
  count: number
  lines: Similar[]
}
