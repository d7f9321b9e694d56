import type { DocRef } from './cases'

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
}

/** A button: what it says, whether it may be pressed, and if not, why. */
export interface Act {
  act: string
  label: string
  allowed: boolean
  why?: string
}

export interface Phase {
  id: string
  label: string
  minutes: number
  hint: string
  begunAt?: string | null
  seconds: number
  current: boolean
}

export interface AgendaItem {
  id: string
  title: string
  purpose: string
  point: string
  item: string
  person: string
  minutes: number
  state: string
  note: string
}

/** 機関の席. */
export interface Seat {
  agencyId: string
  name: string
  short: string
  city: boolean
  member: boolean
  designated?: string | null
  ground?: string
  observer: boolean
  speaker: string
  proxy: string
  excused: string
  excuse?: string
  spoken: number
  present?: boolean
  /** Has answered what is asked now (what it said is in `answers` once revealed). */
  answered?: boolean
}

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

/** The asking of all seats as one actor may see it. */
export interface Answers {
  revealed: boolean
  answered: string[]
  missing: string[]
  list: SeatAnswer[]
  mine?: SeatAnswer | null
}

export interface Objection {
  id: string
  agencyId: string
  agencyName: string
  version: number
  reason: string
  part: string
  instead: string
  at: string
  doneAt?: string | null
  doneHow?: string
}

/** Something that happened. */
export interface MeetingEvent {
  seq: number
  kind: string
  label?: string
  text?: string
  at: string
  actorName: string
  agencyName: string
}

export interface Meeting {
  id: string
  caseId: string
  planId: string
  no: number
  title: string
  type: { id: string; name: string; basis: string; needsConsent: boolean; retention: number }
  mode: 'support' | 'layered'
  plannedStart: string
  plannedEnd: string
  place: string
  form: string
  chairId: string
  recorderId: string
  status: string
  openedAt?: string | null
  closedAt?: string | null
}

export interface Blocker {
  code: string
  message: string
  target?: string
}

export interface SealedRecord {
  id: string
  kind: string
  number: string
  title: string
  fileName: string
  sha256: string
  pages: number
  sealedAt: string
}

/** One agency's view of the consents, for the strip. */
export interface ConsentStripPerson {
  personId: string
  name?: string
  initial?: string
  items: { item: string; label: string; allow: boolean; reason: string; reasonLabel: string }[]
}

/** GET /api/meetings/{id}: the room for this actor. */
export interface Room {
  meeting: Meeting
  caseNumber?: string
  status: string
  statusLabel: string
  seq: number
  phase: string
  phases: Phase[]
  agenda: AgendaItem[]
  current: string
  seats: Seat[]
  attendance: Attendee[]
  floor?: string
  hands?: { key: string; name: string; agencyId: string; kind: string; at: string }[]
  frozen: { version: number; hash: string; at: string } | null
  answers: Answers | null
  objections?: Objection[]
  outcome: string
  outcomeLabel?: string
  decision?: { outcome: string; reason: string; review: string } | null
  acts: Act[]
  docs: DocRef[]
  planId: string
  consent?: { persons?: ConsentStripPerson[]; until?: string | null; note?: string } | null
  events: MeetingEvent[]
  next: { date: string; time: string; agenda: string } | null
  blockers: Blocker[]
  records: SealedRecord[]
  proposed?: { version: number; hash: string; until: string } | null
  convened?: { convener: string; basis: string; reason: string } | null
  me?: { key: string; agencyId: string; secrecy: boolean; parts?: string[] }
}
