import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { AckState } from './AckState'
import { DocSlot } from './DocSlot'
import { judgeAck } from './judgeAck'
import type { Refusal } from './Refusal'
import type { ServerMessage } from './ServerMessage'
import { Signal } from './Signal'

/** Close code of the server when the session has ended. */
const SIGNED_OUT = 4401

/**
 * One socket for all documents of a page. `context` is the meeting in whose context they are read ('' outside of any); who
 * reads is known from the session cookie alone.
 */
export class Connection {
  readonly context: string
  /** The acknowledgement state may have moved. */
  readonly ackChanged = new Signal()
  /** Texts that the server refused, newest last. */
  readonly refusals: Refusal[] = []
  readonly refused = new Signal()
  /** What could be seen on this page and no longer may, newest last. */
  readonly withdrawn: ServerMessage[] = []
  /** A right changed: ask the server anew what may be seen. */
  readonly accessChanged = new Signal<ServerMessage>()
  /** The doorbell: something of the meeting happened. */
  readonly rung = new Signal<ServerMessage>()
  private readonly socket: HocuspocusProviderWebsocket
  private readonly slots = new Map<string, DocSlot>()
  private online = false
  private offlineSince = Date.now()
  private savedAt = 0
  private signedOut = false
  private ack: AckState = { state: 'saved', pending: 0, savedAt: 0, online: false, tone: 'calm', signedOut: false }
  private readonly ticker: ReturnType<typeof setInterval>

  /** `socketClass` stands in for the browser's WebSocket in tests. */
  constructor(url: string, context: string, socketClass?: unknown) {
    this.context = context
    this.socket = new HocuspocusProviderWebsocket({
      url,
      maxDelay: 10_000,
      ...(socketClass ? { WebSocketPolyfill: socketClass } : {}),
    })
    this.socket.on('status', ({ status }: { status: string }) => {
      const online = status === 'connected'
      if (online === this.online) return
      this.online = online
      if (online) this.signedOut = false
      this.offlineSince = Date.now()
      this.judge()
    })
    this.socket.on('close', ({ event }: { event: { code?: number } }) => {
      this.signedOut = event.code === SIGNED_OUT
      this.judge()
    })
    this.ticker = setInterval(() => this.judge(), 1000)
  }

  /** The place of a document on this page; every `open` needs its `close`. */
  open(name: string): DocSlot {
    let slot = this.slots.get(name)
    if (!slot) {
      slot = new DocSlot(this.socket, name, this.context, {
        refused: r => {
          this.refusals.push(r)
          this.refused.emit()
        },
        access: m => {
          if (m.type === 'withdrawn') this.withdrawn.push(m)
          this.accessChanged.emit(m)
        },
        message: m => this.rung.emit(m),
      })
      slot.changed.on(() => this.judge())
      this.slots.set(name, slot)
    }
    slot.users++
    return slot
  }

  /** Lets go of a place. The document stays open a moment, for the page may only be redrawing. */
  close(slot: DocSlot): void {
    slot.users--
    setTimeout(() => {
      if (slot.users > 0 || this.slots.get(slot.name) !== slot || slot.doc?.pending.pending) return
      this.slots.delete(slot.name)
      slot.destroy()
    }, 3000)
  }

  ackState(): AckState {
    return this.ack
  }

  /** The words of this tab that the server has not stored, by document and text. */
  unsaved(): Refusal[] {
    return [...this.slots.values()].flatMap(s => {
      const texts = s.doc?.unsaved() ?? {}
      return Object.keys(texts).length ? [{ doc: s.name, reason: '', label: '', texts }] : []
    })
  }

  forgetRefusal(r: Refusal): void {
    const i = this.refusals.indexOf(r)
    if (i >= 0) this.refusals.splice(i, 1)
    this.refused.emit()
  }

  destroy(): void {
    clearInterval(this.ticker)
    for (const s of this.slots.values()) s.destroy()
    this.slots.clear()
    this.socket.destroy()
  }

  private judge(): void {
    let [pending, oldest] = [0, Number.POSITIVE_INFINITY]
    for (const { doc } of this.slots.values()) {
      if (!doc) continue
      pending += doc.pending.pending
      if (doc.pending.pending) oldest = Math.min(oldest, doc.pending.oldest)
      this.savedAt = Math.max(this.savedAt, doc.savedAt)
    }
    const { savedAt, online, offlineSince, signedOut } = this
    const next = judgeAck({ pending, oldest, savedAt, online, offlineSince, signedOut }, Date.now())
    if (JSON.stringify(next) === JSON.stringify(this.ack)) return
    this.ack = next
    this.ackChanged.emit()
  }
}
