import { HocuspocusProvider, MessageType } from '@hocuspocus/provider'

const OPEN = 1

/**
 * The stock provider with four changes. While the socket is down nothing is queued: what was written meanwhile travels in the
 * answer to the server's first sync question, so that one acknowledgement means: all of it is stored. (The stock queue would
 * send it twice and the count of open changes would reach zero too early.) And nothing of the document leaves this browser
 * before the server has said for whom it would be written (`cleared`): until then changes wait for that question, too. What still comes for an opening of the same document that ended just now is passed over:
 * the answer to another state vector would leave holes here. And of presence only one's own is sent: the stock provider sends back
 * whatever it hears of others, with every move of theirs.
 */
export class Provider extends HocuspocusProvider {
  /** The server takes changes of this socket as those of the right user. */
  cleared = false
  /** This opening has been answered on this socket. */
  private answered = false

  override onMessage(event: MessageEvent): void {
    if (typeOf(new Uint8Array(event.data)) === MessageType.Auth) this.answered = true
    if (this.answered) super.onMessage(event)
  }

  override send(...args: Parameters<HocuspocusProvider['send']>): void {
    if (this.configuration.websocketProvider.webSocket?.readyState === OPEN) super.send(...args)
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown): void {
    if (this.cleared) super.documentUpdateHandler(update, origin)
  }

  override awarenessUpdateHandler(
    { added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>,
    origin: unknown,
  ): void {
    const own = this.document.clientID
    const has = (list: number[]) => list.filter(id => id === own)
    const mine = { added: has(added), updated: has(updated), removed: has(removed) }
    if (mine.added.length || mine.updated.length || mine.removed.length) super.awarenessUpdateHandler(mine, origin)
  }

  override async onOpen(event: Event): Promise<void> {
    this.cleared = false
    this.answered = false
    return super.onOpen(event)
  }

  override onClose(): void {
    this.cleared = false
    this.answered = false
    super.onClose()
  }
}

/** The type of a frame: the number behind the document's name. Both are numbers of seven bits a byte, the lowest first. */
function typeOf(frame: Uint8Array): number {
  let at = 0
  const number = () => {
    let n = 0
    for (let shift = 0; ; shift += 7) {
      const byte = frame[at++] ?? 0
      n |= (byte & 127) << shift
      if (byte < 128) return n
    }
  }
  const name = number()
  at += name
  return number()
}
