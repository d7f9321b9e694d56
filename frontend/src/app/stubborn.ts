/** How long until what did not come is asked for again (ms). */
const AGAIN = 2000

/** Asks until it is there; gives up only when the server is there and does not have it. */
export async function stubborn<T>(get: () => Promise<T>, reachable = isReachable, again = AGAIN): Promise<T> {
  for (;;) {
    try {
      return await get()
    } catch (e) {
      if (await reachable()) return get().catch(() => Promise.reject(e))
      await pause(again)
    }
  }
}

/** The line is back sooner than the time is over, when the browser says so. */
const pause = (ms: number) =>
  new Promise<void>(go => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      go()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
  })

const isReachable = () =>
  fetch(window.location.href, { method: 'HEAD', cache: 'no-store' }).then(
    r => r.status < 500,
    () => false,
  )
