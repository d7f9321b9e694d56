/** A sealed record. */
export interface ArchiveRecord {
  id: string
  number: string
  kind: string
  kindLabel: string
  title: string
  caseNumber: string
  version: number
  state: string
  sealedAt: string
  pages: number
  fileName: string
  sha256: string
  contentSha256: string
  retention: string
  expiresOn: string
}

/** POST /api/archive/verify. */
export interface Verification {
  ok: boolean
  checked: number
  problems: { number: string; fileName: string; message: string }[]
}
