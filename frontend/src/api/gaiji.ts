import type * as Schema from './schema'
/** A 外字 with its drawing; the picture is a PNG in base64, written by the server. */
export type Gaiji = Schema.GaijiLetter
