import type { CaseMember, CodeEntry, DocRef, Person } from './cases'
import type * as Schema from './schema'

/** 撤回. Empty lists mean everything. */
export interface Withdrawal {
  id: string
  at: string
  byName: string
  agencies?: string[]
  items?: string[]
  note?: string
  /** 受付者, where it was not who recorded it. */
  receivedBy?: string
  how?: string
  /** 周知先. */
  told?: string[]
  /** The scan of the 撤回届. */
  evidenceFile?: string
}

/** The fields of one way of giving consent, of who acted for the person, and of the explanation. */
export type ConsentDetails = Schema.ConsentDetails

/** 同意書の文面. */
export type FormText = Schema.ConsentFormText

/** A version of the text as kept: a record names it by its hash. */
export interface KeptText {
  no: number
  hash: string
  text: FormText
  own: boolean
  keptAt: string
  /** It was changed behind Kasane's back. */
  altered?: boolean
}

/** One explanation to a person and what came of it. */
export type Explained = Schema.ConsentExplained

/** A consent that ends soon, or has ended and was not renewed: no names. */
export type EndingConsent = Schema.ConsentEnding

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
  details?: ConsentDetails
  formVersion?: string
  formHash?: string
  /** The record this one renews. */
  renews?: string
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
  persons: ConsentPerson[]
  items: CodeEntry[]
  purposes: CodeEntry[]
  formText: string
  formVersion: string
  formHash?: string
  texts: KeptText[]
  ways: CodeEntry[]
  cares: CodeEntry[]
}

/** Where one person stands. */
export interface ConsentPerson {
  personId: string
  state: string
  stateLabel: string
  minor?: boolean
  /** Id of the record that can be renewed. */
  renewable?: string
  from?: string | null
  until?: string | null
  daysLeft?: number
  attempts?: number
  explained?: Explained[]
  records: ConsentRecord[]
}

/** The part of a case's page that consent governs, as an agency gets it. */
export interface SeenCase {
  /** The agency can open the case at all. */
  inside: boolean
  number?: string
  persons: Person[]
  members: CaseMember[]
  sections: DocRef[]
}

/** GET /api/cases/{id}/view: what one agency gets. */
export interface ConsentView {
  /** For who holds the record. */
  seen?: SeenCase
  persons: {
    personId: string
    name?: string
    items: { item: string; label: string; allow: boolean; reason: string; reasonLabel: string }[]
  }[]
}
