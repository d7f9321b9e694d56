import type * as Schema from './schema'

/** 準備シート of one agency, as the reader may see it. */
export type PrepSheet = Schema.MeetingPrepSheet

export type PrepFor = Schema.MeetingPrepFor

/** What the agencies prepared, in the order of the seats. */
export interface PrepBoard {
  sheets: PrepSheet[]
  /** The own sheet takes writing. */
  may: boolean
}
