import type { LockRule } from '../api/session'

/** How often the server is told that somebody is at the desk (ms): the granularity of its own clock for a session. */
const USE_EVERY = 60_000
/** How often the other tabs are told (ms). */
const TELL_EVERY = 5_000

interface Desk {
  now: () => number
  /** Minutes of the rule and the path of the page at this moment. */
  rule: () => LockRule
  path: () => string
  /** Somebody is at the desk, and what they do is no request. */
  use: () => void
  lock: () => void
  tell: () => void
}

/**
 * Watches whether somebody is at the desk (離席ロック). What is a meeting counts longer, for people listen there; the projector is never locked while
 * it is open, for nobody touches it.
 */
export class IdleWatch {
  private readonly desk: Desk
  private active: number
  private used: number
  private told = 0

  constructor(desk: Desk) {
    this.desk = desk
    this.active = this.used = desk.now()
  }

  /** A key, a click, a finger: here, or (`elsewhere`) in another tab. */
  touch(elsewhere = false): void {
    const now = this.desk.now()
    this.active = now
    if (elsewhere) return
    if (now - this.told >= TELL_EVERY) {
      this.told = now
      this.desk.tell()
    }
    this.noteUse(now)
  }

  /** Every few seconds: locks when the time is up. Pages of a meeting keep the session while they are not locked. */
  tick(): void {
    const now = this.desk.now()
    const path = this.desk.path()
    const meeting = /^\/meetings\/[^/]+/.test(path)
    const screen = /^\/meetings\/[^/]+\/screen$/.test(path)
    const { idle, meeting: listening } = this.desk.rule()
    const minutes = screen ? 0 : meeting ? listening : idle
    if (minutes && now - this.active >= minutes * 60_000) {
      this.desk.lock()
      return
    }
    if (meeting) this.noteUse(now)
  }

  private noteUse(now: number): void {
    if (now - this.used < USE_EVERY) return
    this.used = now
    this.desk.use()
  }
}
