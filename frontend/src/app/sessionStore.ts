import { api } from '../api/api'
import type { Session } from '../api/session'
import { drafts } from '../live/drafts'
import { endLingering } from '../live/lingering'
import { Signal } from '../sync/Signal'

let session: Session | null = null
const changed = new Signal()

/** Who is signed in. One place for the whole page; every answer of the session routes goes in here. */
export const sessionStore = {
  get: (): Session | null => session,
  subscribe: (listener: () => void) => changed.on(listener),
  set({ draftKeys, ...next }: Session): void {
    session = next
    drafts.begin(next.actor?.id ?? '', draftKeys ?? [])
    changed.emit()
  },
  async load(): Promise<void> {
    this.set(await api.get<Session>('/session'))
  },
  /** Ends the session; what could not be sent does not stay on this PC. */
  async signOut(): Promise<void> {
    await api.del('/session')
    endLingering()
    await drafts.store().clear()
    await this.load()
  },
}
