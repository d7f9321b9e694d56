/** What the user wrote in one field while away, as it arrived (遅れて届いた変更). */
export interface LateChange {
  doc: string
  /** Key of the text or value. */
  key: string
  /** When the first of it was written (ms). */
  since: number
  /** The user's own words, '' where only something was taken out. */
  own: string
  /** What others wrote in the same field meanwhile. */
  others: string
  /** The field as it stands now. */
  now: string
}

/** Somebody else's words arrived late: told by presence. */
export interface LateNote {
  id: string
  name: string
  agency: string
  doc: string
  keys: string[]
}
