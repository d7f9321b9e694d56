import type { Delta } from './Delta'

/**
 * A text that several people write at once. The bindings know nothing but this: whatever stands behind it (a Yjs root
 * today) can be replaced without touching them.
 *
 * Positions are UTF-16 units and never lie inside a surrogate pair.
 */
export interface SharedText {
  /** Key of the text in its document, e.g. `need/ab12cd34ef/text`. */
  readonly key: string
  toString(): string
  /** All edits made in `work` reach the others as one change and are one step of undo. */
  edit(
    origin: object,
    work: (text: { insert(at: number, text: string): void; remove(at: number, n: number): void }) => void,
  ): void
  /** Calls back for every change, with the origin given to `edit`, or null for a change of someone else. */
  observe(listener: (delta: Delta, origin: object | null) => void): () => void
  /** A mark that stays at its letter while others edit; `locate` finds its position now, null if it is of another text. */
  anchor(at: number): unknown
  locate(anchor: unknown): number | null
  /** Calls back when what is being composed must be written down at once, because this copy is about to go. */
  onFlush(listener: () => void): () => void
  /** Undo and redo of the edits made with this origin. */
  history(origin: object): { undo(): void; redo(): void; destroy(): void }
}
