/** 支援決定の起案 with what was said at each step. */
export interface DecisionLine {
  id: string
  note: string
  steps: string[]
  byName: string
  byPost: string
  at: string
  state: 'open' | 'approved' | 'returned' | 'void'
  stateLabel: string
  marks: { n: number; verdict: string; reason: string; byName: string; byPost: string; at: string }[]
  /** Whose turn it is. */
  step: string
  mayMark: boolean
  mayVoid: boolean
  /** Of an earlier stage of the case: it counts no more. */
  past: boolean
}

/** GET /api/cases/{case}/decisions. */
export interface Decisions {
  steps: string[]
  decisions: DecisionLine[]
  mayDraft: boolean
  decided: boolean
}
