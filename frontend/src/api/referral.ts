/** A つなぎ in a list, without words. */
export interface ReferralLine {
  id: string
  /** '' while the reader may not open the case. */
  caseId: string
  caseNumber: string
  fromName: string
  toName: string
  at: string
  wish: string
  state: string
  stateLabel: string
  due: string
  /** Days over its time. */
  days: number
  mine: boolean
  kept: boolean
}

/** GET /api/referrals. */
export interface ReferralLists {
  received: ReferralLine[]
  sent: ReferralLine[]
  waiting: ReferralLine[]
  days: number
}

export interface PartLine {
  label: string
  value: string
}

/** GET /api/cases/{case}/referrals/options: what may be handed over. */
export interface ReferralOptions {
  toName: string
  parts: { key: string; label: string; lines: PartLine[]; may: boolean; why: string }[]
}

/** GET /api/referrals/{id}. */
export interface ReferralView extends ReferralLine {
  byName: string
  byPost: string
  reason: string
  over: boolean
  parts: { label: string; lines: PartLine[]; withheld: boolean }[]
  answers: {
    id: string
    answer: string
    label: string
    reason: string
    due?: string
    userName: string
    agencyName: string
    at: string
  }[]
  mayAnswer: boolean
  mayWithdraw: boolean
  mayPrint: boolean
}
