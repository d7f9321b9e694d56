import { api } from '../api/api'
import type { Session } from '../api/session'
import { Signal } from '../sync/Signal'

let session: Session | null = null
const changed = new Signal()

/** Who is signed in. One place for the whole page; every answer of the session routes goes in here. */
export const sessionStore = {
  get: (): Session | null => session,
  subscribe: (listener: () => void) => changed.on(listener),
  set(next: Session): void {
    session = next
    changed.emit()
  },
  async load(): Promise<void> {
    this.set(await api.get<Session>('/session'))
  },
  async signOut(): Promise<void> {
    await api.del('/session')
    await this.load()
  },
}
