import { HocuspocusProvider } from '@hocuspocus/provider'

const OPEN = 1

/**
 * The stock provider with one change: while the socket is down nothing is queued. What was written meanwhile travels in
 * the answer to the server's first sync question, so that one acknowledgement means: all of it is stored. (The stock queue
 * would send it twice and the count of open changes would reach zero too early.)
 */
export class Provider extends HocuspocusProvider {
  override send(...args: Parameters<HocuspocusProvider['send']>): void {
    if (this.configuration.websocketProvider.webSocket?.readyState === OPEN) super.send(...args)
  }
}
