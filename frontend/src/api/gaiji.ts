/** A 外字 with its drawing; the picture is a PNG in base64, written by the server. */
export interface Gaiji {
  id: string
  text: string
  codeKind: string
  code: string
  reading: string
  note?: string
  picture: string
  retired?: boolean
  n: number
  at: string
  by: string
  byName: string
}
