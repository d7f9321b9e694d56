import type { Cell } from './Cell'

/** A field in which nothing stands. */
export const EMPTY: Cell = { code: '', who: '', freq: '', start: '', due: '', content: '', limits: '' }
