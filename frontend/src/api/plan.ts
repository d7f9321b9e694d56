import type { DocRef } from './cases'
import type * as Schema from './schema'

/** Column of the role matrix. */
export interface Column {
  id: string
  kind: 'agency' | 'self' | 'family'
  name: string
  short: string
  member?: boolean
  present: boolean
  leads?: number
  roles?: number
}

/** An agency's answer to its own cell. */
export interface RoleAnswer {
  id: string
  docId: string
  actionId: string
  agencyId: string
  agencyName: string
  answer: 'accept' | 'conditional' | 'takeback' | 'decline'
  label: string
  reason?: string
  due?: string
  cellHash: string
  userName: string
  at: string
  /** The cell changed after the answer. */
  void?: boolean
}

/** What the server thinks should be looked at. */
export interface PlanWarning {
  code: string
  blocking?: boolean
  message: string
  actionId?: string
  column?: string
}

/** What stands for rows that may not be seen. */
export type Withheld = Schema.PlansWithheld

/** 版. */
export interface PlanVersion {
  n: number
  state: string
  hash: string
  frozenAt: string
  endedAt?: string | null
}

/** One difference between two versions. */
export interface PlanChange {
  kind: string
  what?: string
  label: string
  rowId?: string
  column?: string
  field?: string
  before: string
  after: string
}

/** GET /api/plans/{id}. */
export interface PlanView {
  plan: { id: string; caseId: string; round: number; createdAt: string }
  columns: Column[]
  docs: DocRef[]
  withheld: Withheld[]
  answers: RoleAnswer[]
  warnings: PlanWarning[]
  versions: PlanVersion[]
  frozen: PlanVersion | null
  diff?: PlanChange[] | null
  /** `take`: the role matrix may be taken home for a spreadsheet. */
  abilities: { edit: boolean; answer: boolean; ensure?: boolean; take?: boolean }
}
