import { HocuspocusProviderWebsocket, type onCloseParameters } from '@hocuspocus/provider'

/** The soonest and the latest return after a connection ended (ms), the latter when the server asks for patience, and the longest pause between later tries. */
const SOONEST = 300
const LATEST = 2000
const LATEST_ASKED = 3000
const LONGEST_PAUSE = 10_000

/** The server stops, or cannot take anybody now: everybody at once is told so. */
const RESTART = 1012
const TRY_LATER = 1013

type Configuration = ConstructorParameters<typeof HocuspocusProviderWebsocket>[0]

/** When to come again after a connection ended with a code (ms); `random` is from 0 to below 1. */
export const returnAfter = (code: number | undefined, random: number): number => {
  const latest = code === RESTART || code === TRY_LATER ? LATEST_ASKED : LATEST
  return SOONEST + Math.floor(random * (latest - SOONEST + 1))
}

/**
 * The stock socket, coming again at a moment of its own. The stock one comes exactly a second after the end, and once more a second later: when a node dies
 * all browsers of the municipality would stand at the door of the next in the same instant. Here each end draws the first pause anew; the pauses of
 * later tries are drawn from a span that grows.
 */
export class ReturningSocket extends HocuspocusProviderWebsocket {
  constructor(configuration: Configuration) {
    const delay = returnAfter(undefined, Math.random())
    super({ ...configuration, delay, minDelay: SOONEST, maxDelay: LONGEST_PAUSE, jitter: true } as Configuration)
  }

  override onClose(how: onCloseParameters): void {
    // After the first end of a row of tries the span belongs to that row: it grows from what was drawn.
    if (!this.cancelWebsocketRetry) this.setConfiguration({ delay: returnAfter(how.event.code, Math.random()) })
    super.onClose(how)
  }
}
