/** One line of the 集計: a value for each month of the 年度, April first; null = nothing to say. */
export interface Figure {
  id: string
  label: string
  unit: string
  definition: string
  reported: boolean
  /** The cases behind it can be listed. */
  drill: boolean
  /** 実施計画の目標, and how much of it is reached, in percent. */
  target?: number
  rate?: number
  months: (number | null)[]
  year: number | null
}

/** A distribution. */
export interface Share {
  id: string
  title: string
  unit: string
  definition: string
  rows: { label: string; count: number; stuck?: number }[]
  total: number
  reported?: boolean
  drill?: boolean
}

/** One of the five 事業. */
export type Programme = 'consult' | 'joint' | 'outreach' | 'joining' | 'area'

export interface FigureGroupData {
  title: string
  programme: Programme
  figures: Figure[]
}

/** GET /api/figures. */
export interface FigureTable {
  year: number
  name: string
  at: string
  months: string[]
  groups: FigureGroupData[]
  shares: Share[]
  /** The choices made in the sheets, by field. */
  answers: Share[]
  /** More sheets are still to be read. */
  reading: boolean
  years: number[]
}

/** One stage of GET /api/figures/funnel. */
export interface FunnelStage {
  stage: string
  label: string
  entered: number
  left: number
  days: number | null
  now: number
  waiting: number | null
  long: number
}

/** GET /api/figures/funnel. */
export interface Funnel {
  year: number
  month: number | null
  name: string
  at: string
  stages: FunnelStage[]
  years: number[]
}

/** A case behind a figure. */
export interface FigureCase {
  caseId: string
  caseNumber: string
  stageLabel: string
  initials: string
  opened: string
  times: number
  days?: number
}

/** GET /api/figures/cases. */
export interface FigureCases {
  title: string
  definition: string
  lines: FigureCase[]
  total: number
  next: number
}

/** A figure that can have a target. */
export interface Aim {
  figure: string
  label: string
  unit: string
  group: string
  programme: Programme
  definition: string
  suggested: boolean
  value: number | null
}

/** GET /api/figures/targets. */
export interface Aims {
  year: number
  name: string
  years: number[]
  aims: Aim[]
}
