import type * as Schema from './schema'
export type DateAnswer = 'good' | 'can' | 'no'

/** 候補の日時. */
export interface DateOption {
  id: string
  start: string
  end: string
}

export interface DateLine extends DateOption {
  answers: Record<string, DateAnswer>
  /** Every agency that must attend can. */
  can: boolean
  good: number
  fair: number
  no: number
}

export interface DateAsked {
  agencyId: string
  name: string
  city: boolean
  must: boolean
  asked: boolean
  at?: string
}

/** 日程調整 as those who hold the record see it. */
export interface DateBoard {
  open: boolean
  lines: DateLine[]
  agencies: DateAsked[]
  until: string
  best: string
  fixed: string
}

/** A link, shown once. */
export type DateLink = Schema.MeetingDateLink

/** What a link shows. */
export interface DateQuestion {
  municipality: string
  agency: string
  options: DateOption[]
  answers: Record<string, DateAnswer>
  until: string
}
