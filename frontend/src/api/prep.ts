import type { DocRef } from './cases'

/** 準備シート of one agency, as the reader may see it. */
export interface PrepSheet {
  agencyId: string
  name: string
  own: boolean
  state: '' | 'done' | 'paper'
  at?: string
  by?: string
  /** 代行入力: somebody else entered it. Names only for the agency itself and who holds the record. */
  for?: PrepFor
  /** The reader enters it for the agency now. */
  mayEnter: boolean
  docs: DocRef[]
}

export interface PrepFor {
  way: string
  wayLabel: string
  teller: string
  by: string
  at: string
  checkedAt?: string
  checkedBy?: string
}

/** What the agencies prepared, in the order of the seats. */
export interface PrepBoard {
  sheets: PrepSheet[]
  /** The own sheet takes writing. */
  may: boolean
}
