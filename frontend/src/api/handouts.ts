/** A line of the 資料受渡簿. */
export interface HandoutReceipt {
  id: string
  userId: string
  userName: string
  agencyId: string
  agencyName: string
  deed: 'view' | 'copy'
  at: string
}

/** 資料 as one reader may see it. */
export interface Handout {
  id: string
  agendaId: string
  personId: string
  item: string
  itemLabel: string
  name: string
  type: string
  size: number
  sha256: string
  by: string
  byAgency: string
  at: string
  receipts: HandoutReceipt[]
}

/** GET /api/meetings/{id}/handouts. */
export interface HandoutList {
  handouts: Handout[]
  withheld: number
  copies: boolean
  mayGive: boolean
  days: number
  endsAt?: string
  ended: boolean
}
