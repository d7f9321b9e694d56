import type * as Schema from './schema'
/** One line of the 集計: a value for each month of the 年度, April first; null = nothing to say. */
export type Figure = Schema.FiguresFigure

/** A distribution. */
export type Share = Schema.FiguresShare

/** GET /api/figures. */
export type FigureTable = Schema.FiguresTable
