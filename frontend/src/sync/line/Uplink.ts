import type { Answer } from './Answer'
import { upBody } from './records'

/** Bytes and frames of one request, unless a single frame is larger. */
const MOST_BYTES = 256 * 1024
const MOST_FRAMES = 100

/** What the queue needs of its line. */
export interface UplinkHost {
  alive(): boolean
  /** Sends a body; null when no answer came. */
  bring(body: Uint8Array<ArrayBuffer>): Promise<Answer | null>
  /** The server's verdict on the line is in an answer: it may have ended. */
  judge(a: Answer): void
  /** Something was taken. */
  works(): void
  /** A request came to nothing; resolves when it is time for the next. */
  failed(): Promise<void>
}

/**
 * The frames on their way to the server, counted from 1. Requests go one after the other; what was written meanwhile goes together in the
 * next. A frame is let go when the server says that it has taken it, so an answer that was lost costs only a repetition.
 */
export class Uplink {
  /** Bytes the server has not taken. */
  waiting = 0
  private readonly host: UplinkHost
  private frames: Uint8Array[] = []
  /** Number of the first frame that waits. */
  private first = 1
  private busy = false
  private word = false

  constructor(host: UplinkHost) {
    this.host = host
  }

  push(frame: Uint8Array): void {
    this.frames.push(frame)
    this.waiting += frame.length
    this.run()
  }

  /** Makes a request even without frames, to say what has arrived. */
  say(): void {
    this.word = true
    this.run()
  }

  private run(): void {
    if (this.busy) return
    this.busy = true
    queueMicrotask(() => void this.work())
  }

  private async work(): Promise<void> {
    while (this.host.alive() && (this.frames.length || this.word)) {
      this.word = false
      const a = await this.host.bring(upBody(this.first, this.next()))
      if (!this.host.alive()) return
      const moved = a && (a.status === 200 || a.status === 409) ? this.taken(a) : null
      if (a && moved === null) this.host.judge(a)
      if (moved || (moved === false && !this.frames.length)) this.host.works()
      else await this.host.failed()
    }
    this.busy = false
  }

  private next(): Uint8Array[] {
    let [n, size] = [0, 0]
    while (n < this.frames.length && n < MOST_FRAMES) {
      size += (this.frames[n] as Uint8Array).length
      if (n > 0 && size > MOST_BYTES) break
      n++
    }
    return this.frames.slice(0, n)
  }

  /** Lets go of what was taken: whether anything was; null if the answer makes no sense. */
  private taken(a: Answer): boolean | null {
    const n = (a.json()?.taken as number) - this.first + 1
    if (!(n >= 0 && n <= this.frames.length)) return null
    for (const f of this.frames.splice(0, n)) this.waiting -= f.length
    this.first += n
    return n > 0
  }
}
