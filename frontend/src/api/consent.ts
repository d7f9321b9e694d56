import type { CodeEntry } from './cases'

/** 撤回. Empty lists mean everything. */
export interface Withdrawal {
  id: string
  at: string
  byName: string
  agencies?: string[]
  items?: string[]
  note?: string
}

/** 同意の記録. */
export interface ConsentRecord {
  id: string
  personId: string
  number: string
  state: string
  grantor: string
  grantorName?: string
  grantorNote?: string
  /** 確認書類. */
  grantorDoc?: string
  purposes: string[]
  purposeNote?: string
  scope: Record<string, string[]>
  /** Items for agencies not named in `scope`. */
  others?: string[]
  /** 提供元機関. */
  sources?: string[]
  /** 記録形態. */
  forms?: string[]
  from: string
  until: string
  method: string
  methodNote?: string
  explainedBy: string
  explainedAt: string
  explainHow?: string
  evidenceFile?: string
  /** 本人控えの交付. */
  copyGivenAt?: string | null
  signature?: Stroke[]
  recordedAt: string
  recordedBy: string
  withdrawals?: Withdrawal[]
}

/** One stroke of a screen signature: positions 0…1, time in ms since the first touch. */
export type Stroke = { x: number; y: number; t: number }[]

/** GET /api/cases/{id}/consents. */
export interface ConsentDesk {
  persons: { personId: string; state: string; stateLabel: string; records: ConsentRecord[] }[]
  items: CodeEntry[]
  purposes: CodeEntry[]
  formText: string
  formVersion: string
  formHash?: string
}

/** GET /api/cases/{id}/view: what one agency gets. */
export interface ConsentView {
  persons: {
    personId: string
    name?: string
    items: { item: string; label: string; allow: boolean; reason: string; reasonLabel: string }[]
  }[]
}
