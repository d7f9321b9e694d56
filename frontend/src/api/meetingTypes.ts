/** 議題のひな形. */
export interface AgendaBlock {
  title: string
  purpose: string
  kind: string
  point: string
  minutes: number
  /** It stands in a new agenda from the beginning; otherwise it is offered. */
  usual: boolean
}

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
  retired?: boolean
}

/** A version of a 会議種別 in the settings. */
export interface TypeVersion extends MeetingType {
  builtIn: boolean
  current: boolean
  /** It begins today or later: it may be put right under the same date. */
  open: boolean
}
