/** What became of changes the server did not accept: the user's own words are kept here to be copied by their author. */
export interface Refusal {
  doc: string
  reason: string
  label: string
  texts: Record<string, string>
  /** When the oldest of it was written (ms), 0 if not known. */
  since: number
  /** The user lets go of it. */
  forget(): void
  /** The page goes, the words stay in the store. */
  leave(): void
}
