import type { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { LiveDoc } from './LiveDoc'
import type { Refusal } from './Refusal'
import type { ServerMessage } from './ServerMessage'
import { Signal } from './Signal'

/** Pause before a document that the server closed is opened again (ms), with jitter. */
const REOPEN = 800

/** What the page is told about one document. */
export interface SlotEvents {
  refused(r: Refusal): void
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
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(socket: HocuspocusProviderWebsocket, name: string, token: string, events: SlotEvents) {
    this.socket = socket
    this.name = name
    this.token = token
    this.events = events
    this.open()
  }

  /** Takes a fresh copy from the server. */
  open(): void {
    clearTimeout(this.timer)
    this.doc?.destroy()
    this.gone = null
    this.generation++
    this.doc = new LiveDoc(this.socket, this.name, this.token, {
      message: m => this.message(m),
      denied: reason => (reason === 'unavailable' ? this.later() : this.vanish({ type: 'withdrawn', reason })),
      closed: () => this.later(),
    })
    this.doc.changed.on(() => this.changed.emit())
    this.changed.emit()
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
    const texts = this.doc?.unsaved() ?? {}
    this.events.refused({ doc: this.name, reason: m.reason ?? '', label: m.reasonLabel ?? m.message ?? '', texts })
    this.open()
  }

  private vanish(m: ServerMessage): void {
    const texts = this.doc?.unsaved() ?? {}
    this.doc?.destroy()
    this.doc = null
    this.gone = { reason: m.reason ?? '', label: m.reasonLabel ?? m.message ?? '' }
    // The own words just typed are offered for copying; nothing of what others wrote is kept.
    if (Object.keys(texts).length) this.events.refused({ doc: this.name, ...this.gone, texts })
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
