/** One line of the 集計: a value for each month of the 年度, April first; null = nothing to say. */
export interface Figure {
  id: string
  label: string
  unit: string
  definition: string
  reported: boolean
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
}

/** GET /api/figures. */
export interface FigureTable {
  year: number
  name: string
  at: string
  months: string[]
  groups: { title: string; figures: Figure[] }[]
  shares: Share[]
  /** The choices made in the sheets, by field. */
  answers: Share[]
  /** More sheets are still to be read. */
  reading: boolean
  years: number[]
}
