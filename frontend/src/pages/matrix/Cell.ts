/** A field of the matrix as it stands in the documents. */
export interface Cell {
  code: string
  who: string
  freq: string
  start: string
  due: string
  content: string
  limits: string
}
