import { ApiError } from '../api/ApiError'
import { api } from '../api/api'
import { locked } from '../api/locked'
import type { Left, Session } from '../api/session'
import { drafts } from '../live/drafts'
import { endLingering } from '../live/lingering'
import { Signal } from '../sync/Signal'
import { tabs } from './tabs'

let session: Session | null = null
let covered = false
const changed = new Signal()

/** Who is signed in. One place for the whole page; every answer of the session routes goes in here. */
export const sessionStore = {
  get: (): Session | null => session,
  /** The desk was left (離席ロック): the page stays as it is, under a cover. */
  covered: (): boolean => covered,
  subscribe: (listener: () => void) => changed.on(listener),
  /** The cover is gone: what was refused meanwhile can be asked again. */
  unlocked: new Signal(),
  set({ draftKeys, ...next }: Session): void {
    if (next.state === 'locked' && session?.state === 'signed_in' && next.name === session.actor?.name) {
      this.cover()
      return
    }
    const same = covered && next.state === 'signed_in' && next.actor?.id === session?.actor?.id
    session = next
    covered = false
    drafts.begin(next.actor?.id ?? '', draftKeys ?? [])
    changed.emit()
    if (same) this.unlocked.emit()
  },
  async load(): Promise<void> {
    this.set(await api.get<Session>('/session'))
  },
  /** Ends the session; what could not be sent does not stay on this PC. */
  async signOut(): Promise<void> {
    const left = await api.del<Left | undefined>('/session')
    endLingering()
    await drafts.store().clear()
    await this.left(left)
  },
  /** Who came by the sign-in service of the municipality goes there, to sign out of it as well; it sends the browser back. */
  async left(left: Left | undefined): Promise<void> {
    await this.load()
    if (left?.signOutAt) window.location.assign(left.signOutAt)
  },
  cover(): void {
    if (covered || session?.state !== 'signed_in') return
    covered = true
    changed.emit()
  },
  /** Covers the page at once, and tells the server as soon as it hears: from then on the cookie opens nothing. */
  async lock(): Promise<void> {
    this.cover()
    tabs.say('locked')
    await tellLocked()
  },
  /** Takes the cover away with password or PIN. */
  async unlock(secret: string): Promise<void> {
    await tellLocked()
    this.set(await api.post<Session>('/session/unlock', { secret }))
    tabs.say('unlocked')
  },
  /** The lock is not wanted any more: whoever sits here now signs in anew. */
  async leave(): Promise<void> {
    endLingering()
    await drafts.store().clear()
    const left = await api.post<Left | undefined>('/session/leave')
    covered = false
    session = null
    await this.left(left)
  },
}

/** The server need not have heard of the lock yet, and must before it is asked to take it away: else it would be gone without the password. */
async function tellLocked(): Promise<void> {
  try {
    await api.post('/session/lock')
  } catch (e) {
    if (!(e instanceof ApiError) || e.kind !== 'unauthorized') throw e
  }
}

locked.on(() => sessionStore.cover())
tabs.heard.on(what => {
  if (what === 'locked') sessionStore.cover()
  if (what === 'unlocked') void sessionStore.load().catch(() => {})
})
