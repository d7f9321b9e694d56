import type * as Schema from './schema'
/** A choice of a filter. */
export interface AuditChoice {
  id: string
  label: string
}

/** 監査の設定. */
export type AuditSettings = Schema.OversightSettings

/** GET /api/audit/options. */
export type AuditOptions = Schema.OversightOptions

/** What narrows the log; days are ISO dates, both included. */
export interface AuditFilter {
  from: string
  to: string
  actor: string
  agency: string
  case: string
  session: string
  ip: string
  verb: string
  result: string
}

/** One entry of the log: no name of a person of a case. */
export interface AuditLine {
  id: string
  at: string
  actorId: string
  actor: string
  post: string
  agency: string
  verb: string
  verbLabel: string
  caseNumber: string
  what: string
  result: string
  resultLabel: string
  reasonLabel: string
  ip: string
  session: string
  /** Of a search: the part of the name that was typed. */
  part?: string
}

/** A part of the log; `next` is '' at its end. */
export type AuditLines = Schema.OversightPage

/** Who looked at a case, in one agency. */
export type Viewer = Schema.OversightViewer

/** POST /api/audit/seen and …/persons/:id/seen. */
export interface Seen extends AuditLines {
  caseNumber: string
  agencies: Viewer[]
}

/** 大量閲覧. */
export interface Burst {
  actorId: string
  actor: string
  agency: string
  window: 'hour' | 'day'
  from: string
  to: string
  cases: number
}

/** What one user did in one month. */
export type MonthCount = Schema.OversightMonth

/** GET /api/incidents. */
export interface IncidentForm extends AuditOptions {
  reasons: AuditChoice[]
  made: {
    id: string
    at: string
    actor: string
    reasonLabel: string
    note: string
    persons: number
    entries: number
  }[]
}

/** POST /api/incidents: what was given of whom. */
export interface IncidentReport {
  id: string
  cases: number
  persons: number
  entries: number
  sensitive: boolean
  sensitiveItems: string[]
  many: boolean
  affected: { caseNumber: string; ord: number; name: string; items: { label: string; certain: boolean }[] }[]
}
