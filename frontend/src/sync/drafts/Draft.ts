import type { Scalar } from '../../text/SharedValues'

/** How long what could not be sent is merged by itself (ms): 72 hours. Older drafts are only offered for copying. */
export const MERGE_WITHIN = 72 * 3_600_000
/** How long a draft is kept at all (ms): 30 days. */
export const KEEP_FOR = 30 * 24 * 3_600_000

/**
 * One change of the user that the server has not acknowledged yet (未送信の変更). It holds what the user did and nothing that
 * others wrote: what consent withdraws must not stay on this PC.
 */
export interface Draft {
  /** Number in the store, 0 before it is written there. */
  id: number
  /** Name of the document with its epoch. */
  doc: string
  /** Meeting in whose context it was written, '' outside of any. */
  context: string
  /** Path of the page it was written on, to find back. */
  page: string
  /** The tab, and the opening of the document in it: one opening is one Yjs client. */
  tab: string
  copy: string
  /** When it was written (ms). */
  at: number
  /** Why the document did not take it; '' while it may still be sent. */
  refused: string
  update: Uint8Array
  /** State vector before the change; empty but in the first of several open ones. */
  base: Uint8Array
  /** Keys of the texts changed, and the values set. */
  texts: string[]
  values: Record<string, Scalar>
}
