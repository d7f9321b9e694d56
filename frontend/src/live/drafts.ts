import type { DraftStore } from '../sync/drafts/DraftStore'
import { IdbDraftStore } from '../sync/drafts/IdbDraftStore'
import { MemoryDraftStore } from '../sync/drafts/MemoryDraftStore'
import { Signal } from '../sync/Signal'

let user = ''
let store: DraftStore = new MemoryDraftStore()

/** What the user signed in could not send yet; one place for all pages of this tab. */
export const drafts = {
  /** Somebody else is here now. */
  changed: new Signal(),
  user: () => user,
  store: () => store,
  /** Whoever is signed in, with the keys the server gave; '' for nobody. */
  begin(id: string, keys: readonly string[]): void {
    if (id === user) return
    user = id
    store = id && keys.length ? new IdbDraftStore(id, keys) : new MemoryDraftStore()
    drafts.changed.emit()
  },
}
