export interface Choice {
  id: string
  label: string
  /** Why it cannot be chosen. */
  why?: string
}

/** A range of characters (code points) of one printed text that is blacked out. */
export interface Mark {
  no: number
  from: number
  to: number
  ground: string
}

/** The line that remains of a copy (写し). */
export interface RecordCopy {
  n: number
  kind: string
  kindLabel: string
  agencyName?: string
  /** 本人, 長男 …: who got it, without a name. */
  person?: string
  look?: string
  purpose: string
  sha256: string
  pages: number
  at: string
  byName: string
}

/** GET /api/archive/{id}/copies. */
export interface CopyDesk {
  number: string
  title: string
  kinds: Choice[]
  agencies: Choice[]
  persons: Choice[]
  looks: Choice[]
  grounds: Choice[]
  copies: RecordCopy[]
}

/** One text as it stands on the paper. */
export interface Printed {
  no: number
  section: string
  field: string
  text: string
  name: boolean
  fixed: boolean
}

export interface Hint {
  id: string
  label: string
  ground: string
  marks: Mark[] | null
}

/** GET /api/archive/{id}/texts. */
export interface CopyTexts {
  sum: string
  texts: Printed[]
  hints: Hint[]
  before: Mark[]
  anonymous: { sum: string; doubts: Doubt[] }
}

/** A place of a 匿名版 that may be a name or a usual word: somebody who reads the sentence decides. */
export interface Doubt {
  no: number
  from: number
  to: number
  word: string
  call: string
  before: string
  after: string
  section: string
}
