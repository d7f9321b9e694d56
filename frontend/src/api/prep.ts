import type { DocRef } from './cases'

/** 準備シート of one agency, as the reader may see it. */
export interface PrepSheet {
  agencyId: string
  name: string
  own: boolean
  state: '' | 'done' | 'paper'
  at?: string
  by?: string
  docs: DocRef[]
}

/** What the agencies prepared, in the order of the seats. */
export interface PrepBoard {
  sheets: PrepSheet[]
  /** The own sheet takes writing. */
  may: boolean
}
