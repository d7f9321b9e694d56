import type { Glass } from './glass'
import type { CaseEnd } from './leads'
import type { MeetingRef } from './meeting'
import type * as Schema from './schema'

/** A line of the case list: no names. */
export interface CaseSummary {
  id: string
  number: string
  stage: string
  stageLabel: string
  initials: string
  persons: number
  agencies: number
  openedAt: string
  updatedAt: string
  nextMeeting?: string | null
  /** 再開予定日 of a case in 中断. */
  until?: string
}

/** 世帯員. A person whose basic information may not be seen has no name. */
export interface Person {
  id: string
  ord: number
  name: string
  kana: string
  alias?: string
  relation: string
  birth: string
  sex: string
  subject: boolean
  addressSecret: boolean
  withheldFrom?: string[]
  initial?: string
  withheld?: boolean
  hidden?: boolean
  reasonLabel?: string
}

/** A live document as one reader may use it. `doc` is '' when it may not be read. */
export interface DocRef {
  doc: string
  docId?: string
  kind: string
  personId: string
  item: string
  itemLabel: string
  label?: string
  read: boolean
  write: boolean
  ownAgencyOnly?: boolean
  frozen?: boolean
  /** 本人に非開示 */
  notToPerson?: boolean
  /** Something was written in it. */
  used?: boolean
  reason?: string
  reasonLabel?: string
}

/** 関わる機関 of a case. */
export interface CaseMember {
  agencyId: string
  name: string
  short: string
  since: string
  until?: string | null
  note: string
}

/** A plan in the list of a case. */
export interface PlanRef {
  id: string
  round: number
  createdAt: string
  label?: string
  stateLabel?: string
}

/** Where one person's consent stands. */
export interface ConsentLine {
  personId: string
  state: string
  stateLabel: string
  until?: string | null
}

/** GET /api/cases/{id}. */
export interface CasePage {
  case: {
    id: string
    number: string
    stage: string
    stageLabel: string
    version: number
    next?: string[] | null
    openedAt: string
    updatedAt: string
    /** 終結の記録, for those who hold the record. */
    end?: CaseEnd | null
  }
  persons: Person[]
  members: CaseMember[]
  sections: DocRef[]
  plans: PlanRef[]
  meetings: MeetingRef[]
  consent: ConsentLine[]
  abilities: {
    edit: boolean
    addMember: boolean
    recordConsent: boolean
    createPlan: boolean
    createMeeting: boolean
  }
  /** The case is read by 緊急時の閲覧. */
  glass?: Glass | null
}

/** A code list entry. */
export interface CodeEntry {
  code: string
  label: string
  /** No longer offered; where it was chosen it keeps its label. */
  retired?: boolean
}

/** 利害関係者の閲覧遮断. */
/** 本人に非開示: a class of information that must not reach the person. */
export type Discretion = Schema.CasesDiscretion

export type Bar = Schema.CasesBar

/** 緊急開示. */
export interface Emergency {
  id: string
  caseId: string
  /** Case number; of a case one does not hold `caseId` is empty. */
  number: string
  agencyId: string
  /** Name of the agency. */
  agency: string
  /** Empty for who keeps the log; `count` is how many. */
  persons: string[]
  count: number
  items: string[]
  basis: string
  basisLabel: string
  reason: string
  byName: string
  at: string
  ends: string
  confirmedName: string
  confirmedAt: string | null
  endedAt: string | null
  live: boolean
  lapsed: boolean
  mayConfirm: boolean
}
