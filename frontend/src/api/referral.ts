import type * as Schema from './schema'
/** A つなぎ in a list, without words. */
export type ReferralLine = Schema.IntakeReferralLine

/** GET /api/referrals. */
export type ReferralLists = Schema.IntakeReferralLists

export interface PartLine {
  label: string
  value: string
}

/** GET /api/cases/{case}/referrals/options: what may be handed over. */
export type ReferralOptions = Schema.IntakeOptions

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
