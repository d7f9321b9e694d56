/** GET /api/account/notices: what is told by mail, and where. */
export interface NoticeAccount {
  /** The installation sends mails at all. */
  on: boolean
  address: string
  digest: boolean
  meetings: boolean
  /** Since then mails to the address are refused. */
  refused: string | null
}

/** POST /api/meetings/{id}/tell: what came of telling of a meeting. */
export interface Told {
  queued: number
  before: number
  /** Agencies nobody of which gets mails. */
  without: string[]
}

/** One of GET /api/notices/refused: an address that is not taken. */
export interface Refusal {
  userId: string
  name: string
  agencyName: string
  at: string
  code: number
}
