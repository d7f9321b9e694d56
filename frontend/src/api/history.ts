import type * as Schema from './schema'
/** Who made a change. */
export type By = Schema.LiveBy

export type HistoryField = Schema.LiveFieldRef

/** 変更のまとまり. */
export type HistoryEdit = Schema.LiveEdit

/** GET /api/docs/{doc}/history. */
export type Timeline = Schema.LiveTimeline

/** A stretch of text; in a difference kept, added or removed. */
export type Part = Schema.LivePart

/** GET /api/docs/{doc}/history/{seq}. */
export type Version = Schema.LiveVersion

export type FieldDiff = HistoryField & {
  kind: 'added' | 'removed' | 'changed'
  before: string
  after: string
  parts?: Part[]
  by: By[]
}

/** GET /api/docs/{doc}/diff. */
export interface Difference {
  from: number
  to: number
  fields: FieldDiff[]
}

/** POST /api/docs/{doc}/restore. */
export interface Restored {
  changes: FieldDiff[]
  plan: string
  seq: number
}
