/** Who made a change. */
export interface By {
  seq: number
  actorId: string
  name: string
  agencyName: string
  at: string
}

export interface HistoryField {
  key: string
  label: string
  row?: string
  quiet?: boolean
}

/** 変更のまとまり. */
export interface HistoryEdit {
  from: number
  to: number
  since: string
  by: By
  fields: HistoryField[]
}

/** GET /api/docs/{doc}/history. */
export interface Timeline {
  edits: HistoryEdit[]
  head: number
  more: boolean
  write: boolean
  reason?: string
}

/** A stretch of text; in a difference kept, added or removed. */
export interface Part {
  text: string
  op?: 'ins' | 'del'
  by?: By
}

/** GET /api/docs/{doc}/history/{seq}. */
export interface Version {
  seq: number
  by?: By
  fields: (HistoryField & { shown: string; parts?: Part[]; by?: By })[]
}

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
