import type * as Schema from './schema'
/** 緊急時の閲覧: an administrator reads one case in a disaster. */
export interface Glass {
  id: string
  caseId: string
  number: string
  userId: string
  userName: string
  basis: string
  basisLabel: string
  reason: string
  at: string
  until: string
  ends: string
  live: boolean
  endedAt?: string | null
  reviewedName: string
  reviewedAt?: string | null
  finding: string
  findingLabel: string
  note: string
  mayEnd: boolean
  mayReview: boolean
}

/** What the banner of those who hold the record says. */
export type GlassAlarm = Schema.WebAlarmLine
