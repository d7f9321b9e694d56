/** Given up when nothing has worked for so long (ms), and not only once or twice. */
const LOST_AFTER = 6000
const LONGEST_PAUSE = 2000

/** How one direction of a line bears requests that come to nothing. */
export class Patience {
  private failures = 0
  private since = 0

  works(): void {
    this.failures = 0
  }

  /** The pause before the next request (ms); null when it is time to give up. */
  failed(now: number): number | null {
    if (this.failures++ === 0) this.since = now
    if (this.failures > 2 && now - this.since > LOST_AFTER) return null
    return Math.min(100 * 2 ** this.failures, LONGEST_PAUSE)
  }
}
