import type { IssuePlace } from './places'

interface Choice {
  code: string
  label: string
}

/** A 地域課題 of the list; it names no case. */
export interface LocalIssue {
  id: string
  meetingId: string
  meeting: string
  day: string
  text: string
  /** '' = not sorted yet. */
  theme: string
  state: string
}

/** GET /api/local-issues. */
export interface LocalIssueList {
  issues: LocalIssue[]
  counts: Record<string, number>
  themes: Choice[]
  states: Choice[]
  maySort: boolean
  /** Resources that were made of them, by id of the issue. */
  places: Record<string, IssuePlace[]>
}
