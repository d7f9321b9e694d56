/** A step of はじめの設定. */
export type StepId = 'town' | 'agencies' | 'kinds' | 'retention' | 'logo' | 'signin' | 'summary'

/** GET /api/first-run: how far the municipality has come. */
export interface Way {
  steps: { id: StepId; done: boolean; at: string | null; byName: string }[]
  done: number
  aside: boolean
  /** The screens of 管理 go on naming it. */
  asking: boolean
}

/** GET /api/town: what the municipality says of itself. */
export interface Town {
  name: string
  code: string
  /** The 年度 it begins in, 0 = not said. */
  since: number
  prefecture: string
  years: { year: number; name: string }[]
  logo: { stamp: string; width: number; height: number } | null
}

/** What a line of a table says about a 関係機関. */
export interface AgencyRow {
  name: string
  short: string
  category: string
  city: boolean
  contact: string
  phone: string
}

export interface LookedRow extends AgencyRow {
  line: number
  /** The 種別・分野 as it was written. */
  said: string
  state: 'new' | 'change' | 'same' | 'error'
  problems: { field: string; message: string }[]
}

/** POST /api/agencies/look: a table, and what saving it would do. */
export interface LookedTable {
  sheet: string
  taken: string[]
  unused: string[]
  bare: boolean
  rows: LookedRow[]
}
