import type * as Schema from './schema'

/** One line of the 集計: a value for each month of the 年度, April first; null = nothing to say. */
export type Figure = Schema.FiguresFigure

/** A distribution. */
export type Share = Schema.FiguresShare

/** One of the five 事業. */
export type Programme = 'consult' | 'joint' | 'outreach' | 'joining' | 'area'

export type FigureGroupData = Schema.FiguresGroup

/** GET /api/figures. */
export type FigureTable = Schema.FiguresTable

/** One stage of GET /api/figures/funnel. */
export type FunnelStage = Schema.FiguresFunnelStage

/** GET /api/figures/funnel. */
export type Funnel = Schema.FiguresFunnel

/** A case behind a figure. */
export type FigureCase = Schema.FiguresLine

/** GET /api/figures/cases. */
export type FigureCases = Schema.FiguresDrilled

/** A figure that can have a target. */
export type Aim = Schema.FiguresAim

/** GET /api/figures/targets. */
export type Aims = Schema.FiguresAims
