/** How often the server is asked while there is input (ms). */
export const KEEP_ALIVE = 5 * 60_000

/** Asks at an input when the last asking (or the beginning) lies long enough back: whoever does nothing is signed out in time. */
export function keepAlive(ask: () => void, now: () => number): () => void {
  let last = now()
  return () => {
    if (now() - last < KEEP_ALIVE) return
    last = now()
    ask()
  }
}
