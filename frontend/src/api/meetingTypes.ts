import type * as Schema from './schema'
/** 議題のひな形. */
export type AgendaBlock = Schema.MeetingAgendaBlock

/** 様式の設定: how a paper is set. */
export type PaperLayout = Schema.PapersLayout

/** A document whose layout can be set, with its sections in the usual order. */
export type LaidPaper = Schema.PapersPaper

/** 会議種別, as it is in force on a day. */
export interface MeetingType {
  id: string
  name: string
  mode: 'support' | 'layered'
  basis: string
  needsConsent: boolean
  chairPost: string
  retention: number
  confirmDays: number
  effectiveFrom: string
  phases: { id: string; label: string; minutes: number; hint: string }[]
  formName?: string
  agencies?: string[]
  categories?: string[]
  agenda?: AgendaBlock[]
  papers?: Record<string, PaperLayout>
  retired?: boolean
}

/** A version of a 会議種別 in the settings. */
export interface TypeVersion extends MeetingType {
  builtIn: boolean
  current: boolean
  /** It begins today or later: it may be put right under the same date. */
  open: boolean
}
