export type StatusState = 'fine' | 'look' | 'wrong'

/** One thing the server says of itself. */
export interface StatusLine {
  name: string
  label: string
  state: StatusState
  what: string
  /** '' when nothing is to be done. */
  advice: string
}

/** GET /api/status: 稼働状況. */
export interface Status {
  state: StatusState
  at: string
  lines: StatusLine[]
}
