/** One 機関 in the picture of who works with whom. */
export interface NetworkNode {
  id: string
  name: string
  short: string
  cases: number
  with: number
  sent: number
  received: number
  waiting: number
  declined: number
  left: number
  dumps: boolean
}

export interface NetworkTie {
  a: string
  b: string
  cases: number
  referrals: number
}

/** GET /api/figures/network. */
export interface Network {
  at: string
  year: string
  nodes: NetworkNode[]
  ties: NetworkTie[]
}
