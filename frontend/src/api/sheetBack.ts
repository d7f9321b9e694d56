/** A field that was changed on a sheet that came back. */
export interface SheetChange {
  key: string
  who: string
  section: string
  label: string
  sheet: string
  cell: string
  /** When the sheet went out. */
  was: string
  /** In the record by now. */
  now: string
  /** On the sheet. */
  new: string
  conflict: boolean
  notes: string[]
}

/** What keeps a cell out, or is worth knowing of it. */
export interface SheetTrouble {
  sheet: string
  cell: string
  who: string
  label: string
  value: string
  message: string
  note: boolean
}

/** What a sheet that came back would change. */
export interface SheetPreview {
  title: string
  fields: number
  changes: SheetChange[]
  troubles: SheetTrouble[]
  more: number
  plan: string
}

/** What came of it. */
export interface SheetTaken {
  written: number
  refused: { who: string; label: string; message: string }[]
}
