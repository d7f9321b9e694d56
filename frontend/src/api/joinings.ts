import type * as Schema from './schema'
/** A place that may fit, and why. */
export type Suggestion = Schema.JoiningSuggestion

/** One thing that was done. */
export interface JoiningStep {
  id: string
  kind: string
  kindLabel: string
  placeId: string
  placeName: string
  day: string
  methodLabel: string
  outcome: string
  outcomeLabel: string
  body: string
  agencyName: string
  byName: string
}

export type JoiningState = 'looking' | 'trial' | 'using' | 'ended'

/** 参加支援 of a person. */
export interface Joining {
  id: string
  personId: string
  name: string
  item: string
  itemLabel: string
  needs: string[]
  needLabels: string[]
  fields: string[]
  aim: string
  aimLabel: string
  wish: string
  free: string
  district: string
  agencyName: string
  openedOn: string
  endedOn: string
  n: number
  state: JoiningState
  stateLabel: string
  uses: { placeId: string; placeName: string; since: string }[]
  steps: JoiningStep[]
  suggested: Suggestion[]
  mayWrite: boolean
}

/** GET /api/cases/{id}/joinings. */
export interface JoiningBoard {
  people: { id: string; name: string; items: string[] }[]
  joinings: Joining[]
  items: { item: string; label: string }[]
}

/** GET /api/joinings: 参加支援の状況. */
export interface JoiningOverview {
  lines: {
    caseId: string
    caseNumber: string
    initial: string
    needs: string[]
    state: JoiningState
    stateLabel: string
    places: string[]
    agencyName: string
    openedOn: string
    lastOn: string
    quiet: number
  }[]
  counts: Record<string, number>
  states: { state: JoiningState; label: string }[]
  next: string
}
