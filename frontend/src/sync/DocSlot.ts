import type { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { Writer } from './drafts/DraftBox'
import type { LateChange, LateNote } from './LateChange'
import { LiveDoc, type LiveDocEvents } from './LiveDoc'
import type { Refusal } from './Refusal'
import type { ServerMessage } from './ServerMessage'
import { Signal } from './Signal'

/** Pause before a document that the server closed is opened again (ms), with jitter. */
const REOPEN = 800

/** What the page is told about one document. */
export interface SlotEvents {
  refused(r: Refusal): void
  /** Somebody else is signed in with this browser. */
  stranger(): void
  /** Changes made while away have arrived. */
  late(changes: LateChange[]): void
  /** Changes somebody else made while away have arrived. */
  lateNote(n: LateNote): void
  /** The right to see or write it changed: the page asks the server anew. */
  access(m: ServerMessage): void
  /** Anything else the server says here, e.g. the doorbell of a meeting. */
  message(m: ServerMessage): void
}

/**
 * The place of one document on a page. The document in it may change: after a refusal a fresh copy is taken from the server,
 * after a withdrawal there is none.
 */
export class DocSlot {
  readonly name: string
  readonly changed = new Signal()
  doc: LiveDoc | null = null
  /** Set while the document may not be seen. */
  gone: { reason: string; label: string } | null = null
  frozen = false
  /** Cells of the own agency only; null until the server has said. */
  ownAgencyOnly: boolean | null = null
  users = 0
  /** Number of the copy: every fresh one counts up. */
  generation = 0
  private readonly socket: HocuspocusProviderWebsocket
  private readonly token: string
  private readonly events: SlotEvents
  private readonly writer: Writer
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(socket: HocuspocusProviderWebsocket, name: string, token: string, events: SlotEvents, writer: Writer) {
    this.socket = socket
    this.name = name
    this.token = token
    this.events = events
    this.writer = writer
    this.open()
  }

  /** Takes a fresh copy from the server. */
  open(): void {
    clearTimeout(this.timer)
    this.doc?.destroy()
    this.gone = null
    this.generation++
    this.doc = new LiveDoc(this.socket, this.name, this.token, this.docEvents(), this.writer)
    this.doc.changed.on(() => this.changed.emit())
    this.doc.presence.lateTold.on(n => this.events.lateNote({ ...n, doc: this.name }))
    this.changed.emit()
  }

  private docEvents(): LiveDocEvents {
    return {
      message: m => this.message(m),
      denied: reason => (reason === 'unavailable' ? this.later() : this.vanish({ type: 'withdrawn', reason })),
      closed: () => this.later(),
      old: () => this.refuse({ type: 'refused', reason: 'old' }),
      leftOver: r => this.events.refused(r),
      late: changes => {
        this.doc?.presence.tellLate([...new Set(changes.map(c => c.key))])
        this.events.late(changes)
      },
      stranger: () => {
        this.destroy()
        this.gone = { reason: 'user', label: '' }
        this.changed.emit()
        this.events.stranger()
      },
    }
  }

  private message(m: ServerMessage): void {
    if (m.type === 'refused') this.refuse(m)
    else if (m.type === 'withdrawn' || m.type === 'epoch') this.vanish(m)
    else if (m.type === 'rights') this.rights(m)
    else if (m.type === 'frozen' || m.type === 'thawed') {
      this.frozen = m.type === 'frozen'
      this.changed.emit()
      this.events.access(m)
    } else this.events.message(m)
  }

  private rights(m: ServerMessage): void {
    this.frozen = m.frozen ?? false
    this.ownAgencyOnly = m.ownAgencyOnly ?? false
    this.doc?.allow(m.write === true)
    this.changed.emit()
  }

  private refuse(m: ServerMessage): void {
    const r = this.doc?.refuse(m.reason ?? '', m.reasonLabel ?? m.message ?? '')
    this.open()
    if (r) this.events.refused(r)
  }

  private vanish(m: ServerMessage): void {
    this.gone = { reason: m.reason ?? '', label: m.reasonLabel ?? m.message ?? '' }
    // The own words just typed are offered for copying; nothing of what others wrote is kept.
    const r = this.doc?.refuse(this.gone.reason, this.gone.label)
    this.doc?.destroy()
    this.doc = null
    if (r) this.events.refused(r)
    this.changed.emit()
    this.events.access(m)
  }

  private later(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => !this.gone && this.open(), REOPEN * (1 + Math.random()))
  }

  destroy(): void {
    clearTimeout(this.timer)
    this.doc?.destroy()
    this.doc = null
  }
}
