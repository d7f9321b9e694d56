/** What is fetched before it is wanted. */
type Load = () => Promise<unknown>

/**
 * Fetches files one after the other while the browser has nothing else to do, so that a line that is cut later keeps no tab and no editor from
 * opening. Returns how to stop.
 */
export function whenIdle(loads: readonly Load[]): () => void {
  let over = false
  const rest = [...loads]
  const next = () => {
    const load = rest.shift()
    if (!load || over) return
    idle(() => {
      if (!over) void load().then(next, next)
    })
  }
  next()
  return () => {
    over = true
  }
}

// Safari has no requestIdleCallback.
const idle = (f: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(f, { timeout: 3000 }) : setTimeout(f, 300)
