import type { Spot } from './after'

/** The turn of one agency in the round. */
export interface Turn {
  agencyId: string
  state: 'waiting' | 'speaking' | 'done' | 'skipped'
  begunAt?: string | null
  seconds: number
  skips: number
}

/** 一巡: every agency speaks once. */
export interface Turns {
  minutes: number
  /** Second of a turn at which the speaker is told that the time is nearly over. */
  signal: number
  order: Turn[]
  at: string
  endedAt?: string | null
}

/** 保留 or 地域課題メモ. */
export interface Note {
  id: string
  kind: 'park' | 'local'
  text: string
  item: string
  person: string
  shared: boolean
  state: '' | 'settled' | 'carried' | 'dropped'
  reason: string
  by: string
  agencyName: string
  at: string
  withheld: boolean
}

/** コメント at a place of the plan. */
export interface Comment {
  id: string
  spot: Spot
  text: string
  state: '' | 'point' | 'settled' | 'withdrawn'
  reason: string
  by: string
  mine: boolean
  agencyName: string
  at: string
  withheld: boolean
}

/** What the hour of the meeting itself needs. */
export interface During {
  turns: Turns | null
  notes: Note[]
  comments: Comment[]
  /** The tab the chair shows; "" = none yet. */
  shown: string
  /** Address in the municipality's own conference system. */
  conference: string
}
