/** What stands under one key of a document. */
export type Scalar = string | number | boolean | null

/**
 * The flat values of one live document: key → scalar, the last writer of a key wins. Reading is synchronous; a change of
 * anyone calls the listeners once per transaction.
 */
export interface SharedValues {
  get(key: string): Scalar | undefined
  keys(): Iterable<string>
  /** Sets all given keys as one change; a key whose value stays the same is left alone. */
  set(values: Record<string, Scalar>): void
  observe(listener: () => void): () => void
}
