import type { AckState } from './AckState'
import { DocSlot } from './DocSlot'
import type { Writer } from './drafts/DraftBox'
import { MemoryDraftStore } from './drafts/MemoryDraftStore'
import { judgeAck } from './judgeAck'
import type { LateChange, LateNote } from './LateChange'
import { LineMemory } from './line/LineMemory'
import { lineSocket } from './line/LineSocket'
import type { Refusal } from './Refusal'
import { ReturningSocket } from './ReturningSocket'
import type { ServerMessage } from './ServerMessage'
import { Signal } from './Signal'

/** Close code of the server when the session has ended. */
const SIGNED_OUT = 4401
/** How long a document without readers stays open (ms). */
const LINGER = 3000

/** Nobody in particular: drafts live as long as the connection. */
const nobody = (): Writer => ({ user: '', drafts: new MemoryDraftStore(), page: () => '' })

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
  /** The session of this browser belongs to somebody else now. */
  readonly stranger = new Signal()
  /** What the user wrote while away and what has arrived of it, newest last; and what others say so of. */
  readonly late: LateChange[] = []
  readonly lateNotes: LateNote[] = []
  readonly lateChanged = new Signal()
  private readonly writer: Writer
  private readonly socket: ReturningSocket
  private readonly slots = new Map<string, DocSlot>()
  private online = false
  private offlineSince = Date.now()
  private savedAt = 0
  private signedOut = false
  private spare = false
  private ack: AckState = {
    state: 'saved',
    pending: 0,
    savedAt: 0,
    online: false,
    tone: 'calm',
    signedOut: false,
    kept: false,
    spare: false,
  }
  private readonly ticker: ReturnType<typeof setInterval>

  /** `socketClass` stands in for the browser's WebSocket in tests. */
  constructor(url: string, context: string, socketClass?: unknown, writer: Writer = nobody()) {
    this.context = context
    this.writer = writer
    this.socket = new ReturningSocket({
      url,
      WebSocketPolyfill: socketClass ?? this.line(),
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

  private line(): unknown {
    let storage: Storage | null = null
    try {
      storage = sessionStorage
    } catch {
      // the browser keeps nothing for this page
    }
    const spare = (on: boolean) => {
      this.spare = on
      this.judge()
    }
    return lineSocket({ memory: new LineMemory(storage), quiet: () => this.ack.pending === 0, spare })
  }

  /** The place of a document on this page; every `open` needs its `close`. */
  open(name: string): DocSlot {
    let slot = this.slots.get(name)
    if (!slot) {
      slot = this.newSlot(name)
      this.slots.set(name, slot)
    }
    slot.users++
    return slot
  }

  private newSlot(name: string): DocSlot {
    const events = {
      refused: (r: Refusal) => {
        this.refusals.push(r)
        this.refused.emit()
      },
      access: (m: ServerMessage) => {
        if (m.type === 'withdrawn') this.withdrawn.push(m)
        this.accessChanged.emit(m)
      },
      message: (m: ServerMessage) => this.rung.emit(m),
      stranger: () => this.stranger.emit(),
      late: (changes: LateChange[]) => {
        this.late.push(...changes)
        this.lateChanged.emit()
      },
      lateNote: (n: LateNote) => {
        this.lateNotes.push(n)
        this.lateChanged.emit()
      },
    }
    const slot = new DocSlot(this.socket, name, this.context, events, this.writer)
    slot.changed.on(() => this.judge())
    return slot
  }

  /** Lets go of a place. The document stays open a moment, for the page may only be redrawing, and until all is stored. */
  close(slot: DocSlot): void {
    slot.users--
    setTimeout(() => this.drop(slot), LINGER)
  }

  private drop(slot: DocSlot): void {
    if (slot.users > 0 || this.slots.get(slot.name) !== slot) return
    if (slot.doc?.pending.pending) {
      setTimeout(() => this.drop(slot), LINGER)
      return
    }
    this.slots.delete(slot.name)
    slot.destroy()
  }

  ackState(): AckState {
    return this.ack
  }

  /** The words of this tab that the server has not stored, by document and text. */
  unsaved(): Pick<Refusal, 'doc' | 'texts'>[] {
    return [...this.slots.values()].flatMap(s => {
      const texts = s.doc?.unsaved() ?? {}
      return Object.keys(texts).length ? [{ doc: s.name, texts }] : []
    })
  }

  forgetRefusal(r: Refusal): void {
    const i = this.refusals.indexOf(r)
    if (i >= 0) this.refusals.splice(i, 1)
    r.forget()
    this.refused.emit()
  }

  forgetLate(): void {
    this.late.length = 0
    this.lateChanged.emit()
  }

  forgetLateNotes(): void {
    this.lateNotes.length = 0
    this.lateChanged.emit()
  }

  /** What is being composed is written down, and counted. */
  flush(): void {
    for (const s of this.slots.values()) s.doc?.flush()
    this.judge()
  }

  /** Tries at once instead of at the next turn: the desk is unlocked. */
  comeBack(): void {
    if (!this.online) void this.socket.connect()
  }

  destroy(): void {
    clearInterval(this.ticker)
    for (const r of this.refusals) r.leave()
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
    const kept = this.writer.drafts.durable
    const { spare } = this
    const facts = { pending, oldest, savedAt, online, offlineSince, signedOut, kept }
    const next = { ...judgeAck(facts, Date.now()), spare }
    if (JSON.stringify(next) === JSON.stringify(this.ack)) return
    this.ack = next
    this.ackChanged.emit()
  }
}
