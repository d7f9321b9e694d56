import { sha256 } from '../../text/sha256'
import type { Cell } from './Cell'

/** Names the content of a cell: what an answer agrees to. SHA-256 of the canonical JSON, the same as the server's. */
export function cellHash(action: string, c: Cell): string {
  const canonical = JSON.stringify({
    action,
    code: c.code,
    content: c.content,
    due: c.due,
    freq: c.freq,
    limits: c.limits,
    start: c.start,
    who: c.who,
  })
  return sha256(canonical)
}
