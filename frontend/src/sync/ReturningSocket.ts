import { HocuspocusProviderWebsocket, type onCloseParameters } from '@hocuspocus/provider'

/** The soonest and the latest return after a connection ended (ms), the latter when the server asks for patience, and the longest pause between later tries. */
const SOONEST = 300
const LATEST = 2000
const LATEST_ASKED = 3000
const LONGEST_PAUSE = 10_000
/** Whoever is sent away with 1013 again within so long of being let in waits longer each time, up to this. */
const STEADY = 60_000
const LONGEST_ASKED = 30_000

/** The server stops, or cannot take anybody now: everybody at once is told so. */
const RESTART = 1012
const TRY_LATER = 1013

type Configuration = ConstructorParameters<typeof HocuspocusProviderWebsocket>[0]

/**
 * When to come again after a connection ended with a code (ms); `random` is from 0 to below 1. `again` counts how often in a row the server has
 * let one in and asked for patience soon after: both ends of the span double each time.
 */
export const returnAfter = (code: number | undefined, random: number, again = 0): number => {
  const asked = code === RESTART || code === TRY_LATER ? LATEST_ASKED : LATEST
  const latest = Math.min(LONGEST_ASKED, asked * 2 ** again)
  const soonest = Math.min(SOONEST * 2 ** again, latest / 3)
  return Math.floor(soonest + random * (latest - soonest + 1))
}

/**
 * The stock socket, coming again at a moment of its own. The stock one comes exactly a second after the end, and once more a second later: when a node dies
 * all browsers of the municipality would stand at the door of the next in the same instant. Here each end draws the first pause anew; the pauses of
 * later tries are drawn from a span that grows.
 */
export class ReturningSocket extends HocuspocusProviderWebsocket {
  private inSince = Number.NEGATIVE_INFINITY
  private again = 0

  constructor(configuration: Configuration) {
    const delay = returnAfter(undefined, Math.random())
    super({ ...configuration, delay, minDelay: SOONEST, maxDelay: LONGEST_PAUSE, jitter: true } as Configuration)
    this.on('open', () => {
      this.inSince = Date.now()
    })
  }

  override onClose(how: onCloseParameters): void {
    // After the first end of a row of tries the span belongs to that row: it grows from what was drawn.
    if (!this.cancelWebsocketRetry) {
      const { code } = how.event
      this.setConfiguration({ delay: returnAfter(code, Math.random(), this.again) })
      // A connection that lasted says that the server can take one; until then the next pause is drawn from a longer span.
      if (Date.now() - this.inSince >= STEADY) this.again = 0
      if (code === TRY_LATER) this.again++
    }
    super.onClose(how)
  }
}
