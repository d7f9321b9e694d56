import type { Signal } from '../Signal'
import type { Draft } from './Draft'

/** Where the drafts of one user are kept, for all tabs of a browser. */
export interface DraftStore {
  /** False when drafts do not outlive the tab: no IndexedDB, no WebCrypto, no room. */
  readonly durable: boolean
  /** Drafts came, went or were marked; or `durable` changed. */
  readonly changed: Signal
  add(draft: Draft): void
  remove(drafts: readonly Draft[]): void
  /** The document does not take them, for this reason: from now on they are only offered. */
  refuse(drafts: readonly Draft[], reason: string): void
  /** All drafts of the user in the order written, after everything asked for before is done. */
  all(): Promise<Draft[]>
  /** Forgets everything of the user, and takes nothing any more. */
  clear(): Promise<void>
}
