/** The websocket is tried again after so long (ms), each time in vain twice as long, up to the second. */
const FIRST_PAUSE = 60_000
const LAST_PAUSE = 30 * 60_000
/** So many websockets in a row cut off within so short a life (ms): something kills them. */
const KILLED = 3
const SHORT_LIFE = 30_000

const KEY = 'kasane.line'

interface Facts {
  /** Use plain HTTP until then (ms), 0 = try the websocket. */
  until: number
  pause: number
  killed: number
  poll: boolean
}

/** What a tab knows of its network: kept in sessionStorage, so that a reload does not begin by waiting in vain. */
export class LineMemory {
  private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null
  private facts: Facts = { until: 0, pause: FIRST_PAUSE, killed: 0, poll: false }

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.storage = storage
    try {
      const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null')
      if (typeof kept === 'object') this.facts = { ...this.facts, ...kept }
    } catch {
      // nothing is known
    }
  }

  /** When the websocket is to be tried again (ms), 0 = now. */
  get retryAt(): number {
    return this.facts.until
  }

  get poll(): boolean {
    return this.facts.poll
  }

  /** The websocket does not get through, plain HTTP does. */
  blocked(now: number): void {
    const pause = this.facts.pause
    this.keep({ until: now + pause, pause: Math.min(pause * 2, LAST_PAUSE) })
  }

  /** A websocket got through. */
  passed(): void {
    this.keep({ until: 0, poll: false })
  }

  /** A websocket that got through ended by being cut off, or in order. */
  lived(ms: number, cut: boolean, now: number): void {
    const killed = ms >= SHORT_LIFE ? 0 : this.facts.killed + (cut ? 1 : 0)
    if (ms >= SHORT_LIFE) this.keep({ killed, pause: FIRST_PAUSE })
    else this.keep({ killed: killed % KILLED })
    if (killed >= KILLED) this.blocked(now)
  }

  /** Plain HTTP does not get through either: begin anew. */
  lost(): void {
    this.keep({ until: 0 })
  }

  /** Answers are collected on the way. */
  collected(): void {
    if (!this.facts.poll) this.keep({ poll: true })
  }

  private keep(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change }
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.facts))
    } catch {
      // kept in this page only
    }
  }
}
