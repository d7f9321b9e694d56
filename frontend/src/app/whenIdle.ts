/** What is fetched before it is wanted. */
type Load = (signal: AbortSignal) => Promise<unknown>

/**
 * Fetches files one after the other while the browser has nothing else to do, so that a line that is cut later keeps no tab and no editor from
 * opening. Returns how to stop.
 */
export function whenIdle(loads: readonly Load[]): () => void {
  const over = new AbortController()
  const rest = [...loads]
  const next = () => {
    const load = rest.shift()
    if (!load || over.signal.aborted) return
    idle(() => {
      if (!over.signal.aborted) void load(over.signal).then(next, next)
    })
  }
  next()
  return () => over.abort()
}

// Safari has no requestIdleCallback.
const idle = (f: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(f, { timeout: 3000 }) : setTimeout(f, 300)
