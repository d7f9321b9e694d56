import type * as Schema from './schema'

/** A place that may fit, and why. */
export type Suggestion = Schema.JoiningSuggestion

/** One thing that was done. */
export type JoiningStep = Schema.JoiningStep

/** 参加支援 of a person. */
export type Joining = Schema.JoiningLine

/** GET /api/cases/{id}/joinings. */
export type JoiningBoard = Schema.JoiningBoard

/** GET /api/joinings: 参加支援の状況. */
export type JoiningOverview = Schema.JoiningOverview
