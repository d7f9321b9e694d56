import type * as Schema from './schema'
/** 安全上の留意 of a case. */
export type Safety = Schema.OutreachSafety

/** 働きかけ記録 as the reader sees it. */
export interface OutreachLine {
  id: string
  kind: 'outreach' | 'course'
  /** 対象 and 次の対応 of a 支援経過. */
  target: string
  nextStep: string
  personId: string
  who: string
  item: string
  itemLabel: string
  agencyName: string
  userName: string
  at: string
  recordedAt: string
  method: string
  methodLabel: string
  met: string[]
  metLabels: string[]
  place: string
  placeLabel: string
  body: string
  relation: string
  relationLabel: string
  /** What this one took the place of. */
  old: OutreachLine[]
  mayCorrect: boolean
}

/** A step of 関係の段階. */
export type RelationStep = Schema.OutreachStep

/** 訪問の予定. */
export interface OutreachVisit {
  id: string
  personId: string
  who: string
  day: string
  clock: string
  /** '' = anybody of the agency. */
  worker: string
  daysLate: number
  version: number
  mine: boolean
}

/** GET /api/cases/{case}/outreach. */
export interface OutreachBoard {
  caseNumber: string
  stage: string
  safety: Safety
  mayWarn: boolean
  people: { id: string; label: string }[]
  items: string[]
  entries: OutreachLine[]
  /** 同意範囲外. */
  hidden: number
  steps: RelationStep[]
  last: OutreachLine | null
  visits: OutreachVisit[]
  total: number
}

/** A visit in the list of a day. */
export interface DayVisit extends OutreachVisit {
  caseId: string
  caseNumber: string
  state: 'planned' | 'done'
  own: boolean
  safety: Safety
  last: OutreachLine | null
  address: string
  addressWhy: string
  addressSecret: boolean
}

/** GET /api/outreach/day. */
export interface OutreachDay {
  day: string
  today: string
  mine: boolean
  agency: string
  items: string[]
  visits: DayVisit[]
  overdue: DayVisit[]
}

/** What is typed of an entry and sent to POST /api/cases/{case}/outreach, but for its id. */
export interface EntryInput {
  kind: 'outreach' | 'course'
  target: string
  nextStep: string
  personId: string
  item: string
  at: string
  method: string
  met: string[]
  place: string
  body: string
  relation: string
  replaces: string
  visitId: string
  nextDay: string
  nextClock: string
  nextMine: boolean
}
