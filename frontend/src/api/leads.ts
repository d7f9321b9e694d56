/** Who is 主担当, and on what that rests. */
interface LeadHolder {
  agencyId: string
  name: string
  state: '' | 'planned' | 'accepted' | 'conditional'
  label: string
  condition?: string
  at?: string | null
  by?: string
}

interface LeadAnswer {
  id: string
  answer: string
  reason?: string
  due?: string
  userName: string
  agencyName: string
  at: string
}

/** 主担当の申し出: one agency is asked. */
export interface LeadOffer {
  id: string
  kind: 'now' | 'after'
  kindLabel: string
  from: string
  fromName: string
  to: string
  toName: string
  note: string
  byName: string
  byAgency: string
  at: string
  state: string
  stateLabel: string
  answers: LeadAnswer[]
  mayAnswer: boolean
  mayWithdraw: boolean
}

/** GET /api/cases/{case}/leads. */
export interface Leads {
  now: LeadHolder
  after: LeadHolder
  offers: LeadOffer[]
  /** What the reader may ask for. */
  kinds: { kind: string; label: string }[]
  /** Only what concerns the own agency, without words. */
  withheld: boolean
}

/** 終結の記録. */
export interface CaseEnd {
  at: string
  byName: string
  leadId: string
  reason: string
}
