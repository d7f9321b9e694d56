import type * as Schema from './schema'
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
  /** 電子署名, in words. */
  signature: string
  contentSha256: string
  retention: string
  startsOn: string
  expiresOn: string
  /** 満了日 is not known while the case runs. */
  waiting: boolean
  expired: boolean
  extended: boolean
  /** 廃棄の停止 in force. */
  held: number
  disposed: boolean
  /** 訂正: the newest version, 0 when this is it. */
  correctedBy: number
  /** 後の版: 文書番号 of the plan or matrix that takes the place of this one, '' for none. */
  later: string
  /** A 訂正 is under way. */
  correcting: boolean
  mayCorrect: boolean
}

/** A version of the same paper (版). */
export type RecordVersion = Schema.ArchiveVersionLine

export type Extension = Schema.ArchiveExtension

export type Hold = Schema.ArchiveHold

/** A record with everything about its keeping. */
export interface Kept extends ArchiveRecord {
  extensions: Extension[]
  holds: Hold[]
  proposed: string
  mayKeep: boolean
  /** Of the same paper, the newest first. */
  versions: RecordVersion[]
}

export interface Disposal {
  id: string
  state: 'proposed' | 'done' | 'refused' | 'withdrawn'
  stateLabel: string
  method: string
  reason: string
  proposedBy: string
  proposedAt: string
  decidedBy: string
  decidedAt: string | null
  note: string
  certificate: string
  records: ArchiveRecord[]
  mayDecide: boolean
  mayWithdraw: boolean
}

/** A line of the 文書分類表. */
export type Class = Schema.ArchiveClass

export type ClassTable = Schema.ArchiveTableView

/** What was found of an electronic signature (電子署名). */
export interface Signature {
  signed: boolean
  stamped: boolean
  problem: string
  /** All of it, in one sentence. */
  words: string
}

/** What came of holding a file against the records (原本照合). */
export interface Matched {
  outcome: 'latest' | 'old' | 'disposed' | 'draft' | 'altered' | 'unknown'
  sha256: string
  /** 文書番号 the file says of itself. */
  claims: string
  /** What was found of the signature of the file; null when nothing was looked at. */
  signature: Signature | null
  record: ArchiveRecord | null
  newest: ArchiveRecord | null
}

/** GET /api/archive/check: the newest nightly pass. */
export type NightCheck = Schema.ArchiveCheck

/** POST /api/archive/verify. */
export interface Verification {
  ok: boolean
  checked: number
  signatures: { signed: number; stamped: number; unsigned: number; known: boolean; stampsKnown: boolean }
  /** Of the one record that was asked for. */
  signature?: Signature
  problems: { number: string; fileName: string; message: string }[]
}
