/** A sealed record, or a 会議録(案) that is kept until it is sealed. */
export interface ArchiveRecord {
  /** '' for a draft: it has no file here yet. */
  id: string
  number: string
  kind: string
  kindLabel: string
  title: string
  caseNumber: string
  meetingId?: string
  version: number
  state: string
  stateLabel?: string
  sealedAt: string
  pages: number
  fileName: string
  sha256: string
  contentSha256: string
  retention: string
  expiresOn: string
}

/** What came of holding a file against the records (原本照合). */
export interface Matched {
  outcome: 'latest' | 'old' | 'draft' | 'altered' | 'unknown'
  sha256: string
  /** 文書番号 the file says of itself. */
  claims: string
  record: ArchiveRecord | null
  newest: ArchiveRecord | null
}

/** POST /api/archive/verify. */
export interface Verification {
  ok: boolean
  checked: number
  problems: { number: string; fileName: string; message: string }[]
}
