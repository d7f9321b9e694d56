import type { Handover, Sense, Spot, Suggestion, SurveyLine } from './after'
import type { DocRef } from './cases'
import type { During } from './during'
import type * as Schema from './schema'

/** A meeting in a list: no names. */
export interface MeetingRef {
  id: string
  caseId: string
  caseNumber: string
  initials?: string
  typeName: string
  mode: 'support' | 'layered'
  no: number
  title: string
  status: string
  statusLabel: string
  plannedStart: string
  plannedEnd: string
  place: string
  form: string
  /** 開催 this meeting belongs to, and its place there; missing where it stands alone for the reader. */
  sitting?: string
  pos?: number
}

/** 開催 in the room: only the cases the reader has a part in, and counted among them. */
export type SittingLine = Schema.MeetingSittingLine

/** A button: what it says, whether it may be pressed, and if not, why. */
export type Act = Schema.MeetingActState

export type Phase = Schema.MeetingPhaseState

export type AgendaItem = Schema.MeetingAgendaLine

/** 機関の席. */
export type Seat = Schema.MeetingSeatLine

export interface Attendee {
  key: string
  name: string
  kana: string
  post: string
  agencyId: string
  agencyName: string
  form: string
  guest: boolean
  manual: boolean
  absent: boolean
  proxy: string
  spans: { from: string; to?: string | null }[]
  secrecy?: string | null
}

export type AnswerKind = 'agree' | 'conditional' | 'takeback' | 'object' | 'abstain'

/** Answer of a seat. */
export interface SeatAnswer {
  agencyId: string
  agencyName: string
  answer: AnswerKind
  reason: string
  due: string
  part: string
  instead: string
  speaker: string
  by: string
  oral: boolean
  at: string
}

/** The asking of all seats as one actor may see it: what the others said only when all have answered. */
export type Answers = Schema.MeetingAnswersLine

export interface PastRound {
  version: number
  hash: string
  voidAt: string
  list: (SeatAnswer & { label: string })[]
}

export interface Objection {
  id: string
  agencyId: string
  agencyName: string
  version: number
  reason: string
  part: string
  instead: string
  spot?: Spot | null
  at: string
  doneAt?: string | null
  doneHow?: string
}

/** Something that happened, in words. */
export type MeetingEvent = Schema.MeetingEventLine

export interface Meeting {
  id: string
  caseId: string
  planId: string
  no: number
  title: string
  type: { id: string; name: string; basis: string; needsConsent: boolean; retention: number; chairPost: string }
  mode: 'support' | 'layered'
  plannedStart: string
  plannedEnd: string
  place: string
  form: string
  chairId: string
  deputyIds?: string[] | null
  recorderId: string
  status: string
  openedAt?: string | null
  closedAt?: string | null
}

export type Blocker = Schema.MeetingBlocker

export type SealedRecord = Schema.MeetingSealedRef

/** The actor's own part. */
export type You = Schema.MeetingYou

/** The 会議録 after closing. */
export interface MinutesLine {
  version: number
  hash: string
  amending: boolean
  until: string
  confirmed: { agencyId: string; ok: boolean; opinion: string; at: string }[]
  waiting: string[]
  suggestions?: Suggestion[]
  /** The period is over: who has not answered counts as 期限経過みなし. */
  lapsed?: boolean
  /** Usual length of the period. */
  days?: number
  /** How often it was sealed: the number of its newest sealed version. */
  edition?: number
  /** 訂正 of the sealed 会議録, while it is under way. */
  correction?: { version: number; by: string; at: string; reason: string }
}

/** On what ground information is shown, and what each agency may see. */
export interface ConsentStrip {
  label: string
  inForce: boolean
  until: string | null
  agencies: { agencyId: string; items: string[]; all: boolean }[]
}

/** 遠隔参加者 invited by a link: GET /api/meetings/{id}/guests. */
export interface Guest {
  id: string
  name: string
  agencyId: string
  post: string
  expiresAt: string
  usedAt?: string | null
  admittedAt?: string | null
  revokedAt?: string | null
}

/** GET /api/meetings/{id}: the room for this actor. */
export interface Room {
  meeting: Meeting
  /** null: the meeting stands alone for the reader. */
  sitting: SittingLine | null
  caseNumber: string
  status: string
  statusLabel: string
  seq: number
  /** Server time, for timers. */
  now: string
  phase: string
  phases: Phase[]
  agenda: AgendaItem[]
  current: string
  seats: Seat[]
  attendance: Attendee[]
  guests: { id: string; name: string; agencyId: string; removed: boolean }[]
  hands: { key: string; name: string; agencyId: string; kind: string; at: string }[]
  floor: string
  during: During
  you: You
  convened?: { convener: string; basis: string; reason: string } | null
  frozen: { version: number; hash: string; at: string } | null
  answers: Answers
  objections: Objection[]
  outcome: string
  outcomeLabel: string
  outcomes: { code: string; label: string }[]
  decision: { outcome: string; reason: string; review: string } | null
  acts: Act[]
  docs: DocRef[]
  planId: string
  consent: ConsentStrip
  withdrawals: { personId: string; at: string; all: boolean }[]
  events: MeetingEvent[]
  next: { date: string; time: string; agenda: string } | null
  blockers: Blocker[]
  records: SealedRecord[]
  minutes: MinutesLine | null
  handovers?: Handover[]
  sense?: Sense | null
  survey?: SurveyLine | null
  /** 中止: who called it off; the reason is left out for who may not read 基本情報. */
  cancelled?: { at: string; by: string; reason: string } | null
  problems: { paper: string; name: boolean; where: string; chars: string[]; message: string }[]
}
