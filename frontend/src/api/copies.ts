import type * as Schema from './schema'
export type Choice = Schema.CopiesChoice

/** A range of characters (code points) of one printed text that is blacked out. */
export type Mark = Schema.PapersMark

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
export type CopyDesk = Schema.CopiesDesk

/** One text as it stands on the paper. */
export type Printed = Schema.PapersPrinted

export type Hint = Schema.CopiesHint

/** GET /api/archive/{id}/texts. */
export type CopyTexts = Schema.CopiesTexts

/** A place of a 匿名版 that may be a name or a usual word: somebody who reads the sentence decides. */
export type Doubt = Schema.PapersDoubt

/** GET /api/cases/{id}/papers: what there is of a case besides its sealed records. */
export type CasePapers = Schema.CopiesCasePapers
