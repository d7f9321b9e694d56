import { pauseOf } from './pauseOf'

interface How {
  reachable?: () => Promise<boolean>
  /** How long until it is asked for again, by the number of tries before (ms). */
  pause?: (tries: number) => number
  /** Nobody waits for it any more: then it is not asked for again. */
  signal?: AbortSignal
}

/**
 * Asks until it is there, less often each time; gives up when the server is there and does not have it, and when nobody waits any more (the
 * promise is refused with the reason of the signal).
 */
export async function stubborn<T>(get: () => Promise<T>, how: How = {}): Promise<T> {
  const { reachable = isReachable, pause = pauseOf, signal } = how
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted()
    try {
      return await get()
    } catch (e) {
      signal?.throwIfAborted()
      if (await reachable()) return get().catch(() => Promise.reject(e))
      await rest(pause(tries), signal)
    }
  }
}

/** The line is back sooner than the time is over, when the browser says so. */
const rest = (ms: number, signal?: AbortSignal) =>
  new Promise<void>(go => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      signal?.removeEventListener('abort', done)
      go()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
    signal?.addEventListener('abort', done)
    if (signal?.aborted) done()
  })

const isReachable = () =>
  fetch(window.location.href, { method: 'HEAD', cache: 'no-store' }).then(
    r => r.status < 500,
    () => false,
  )
