/** What became of changes the server did not accept: the texts are kept here to be copied by their author. */
export interface Refusal {
  doc: string
  reason: string
  label: string
  texts: Record<string, string>
}
