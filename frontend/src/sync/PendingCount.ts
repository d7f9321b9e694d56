/**
 * Counts the changes of one document the server has not stored yet, from what the provider tells.
 * The provider's own number starts at one on every connect (the first exchange) and is no count of changes then.
 */
export class PendingCount {
  pending = 0
  oldest = 0
  private joining = true

  /** A local change happened. */
  changed(now: number): void {
    if (this.pending === 0) this.oldest = now
    this.pending++
  }

  /** One counted change turned out to be none. */
  taken(): void {
    this.pending--
  }

  /** The socket opened: the next zero of the provider means that the exchange is over and everything is stored. */
  opened(): void {
    this.joining = true
  }

  /** The provider's number of messages without acknowledgement; true when all is stored now. */
  unacknowledged(n: number, now: number): boolean {
    if (n === 0) {
      this.joining = false
      this.pending = 0
      return true
    }
    if (!this.joining && n < this.pending) {
      this.pending = n
      this.oldest = now // what waits now is younger than what was just stored; good enough for a warning
    }
    return false
  }
}
