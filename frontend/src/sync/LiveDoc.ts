import type { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import * as Y from 'yjs'
import type { SharedText } from '../text/SharedText'
import type { SharedValues } from '../text/SharedValues'
import { YText } from '../text/YText'
import { YValues } from '../text/YValues'
import { PendingCount } from './PendingCount'
import { Presence } from './Presence'
import { Provider } from './Provider'
import { parseMessage } from './parseMessage'
import type { ServerMessage } from './ServerMessage'
import { Signal } from './Signal'

/** What a live document reports to the slot that holds it. */
export interface LiveDocEvents {
  message(m: ServerMessage): void
  denied(reason: string): void
  /** The server closed this document alone. */
  closed(reason: string): void
}

/**
 * One collaborative document as long as it may be seen: the Yjs document and its provider live and die together, so that a
 * client id is never used for two copies.
 */
export class LiveDoc {
  readonly name: string
  readonly values: SharedValues
  readonly presence: Presence
  readonly pending = new PendingCount()
  /** Anything of this document's state moved: loaded, rights, open changes. */
  readonly changed = new Signal()
  loaded = false
  readOnly = true
  savedAt = 0
  private readonly ydoc = new Y.Doc()
  private readonly provider: Provider
  private readonly texts = new Map<string, YText>()
  /** Keys of texts changed here since everything was last stored. */
  private readonly touched = new Set<string>()
  private over = false

  constructor(socket: HocuspocusProviderWebsocket, name: string, token: string, events: LiveDocEvents) {
    this.name = name
    this.values = new YValues(this.ydoc)
    this.ydoc.on('afterTransaction', (tr: Y.Transaction) => {
      if (tr.local && tr.changed.size) this.note(tr)
    })
    this.provider = new Provider({
      websocketProvider: socket,
      name,
      document: this.ydoc,
      token,
      onOpen: () => this.pending.opened(),
      onAuthenticated: ({ scope }) => {
        this.readOnly = scope === 'readonly'
        this.changed.emit()
      },
      onAuthenticationFailed: ({ reason }) => this.over || events.denied(reason),
      onSynced: () => {
        this.loaded = true
        this.changed.emit()
      },
      onUnsyncedChanges: ({ number }) => {
        if (this.pending.unacknowledged(number, Date.now())) {
          this.savedAt = Date.now()
          this.touched.clear()
        }
        this.changed.emit()
      },
      onStateless: ({ payload }) => {
        const m = parseMessage(payload)
        if (m && !this.over) events.message(m)
      },
      onClose: ({ event }) => {
        // The end of the socket is an event of the browser; the end of this document alone comes in a frame.
        if (!this.over && !('wasClean' in event)) events.closed(event.reason)
      },
    })
    this.presence = new Presence(this.provider.awareness as NonNullable<typeof this.provider.awareness>)
    this.provider.attach()
  }

  text(key: string): SharedText {
    let text = this.texts.get(key)
    if (!text) {
      text = new YText(this.ydoc, key)
      this.texts.set(key, text)
    }
    return text
  }

  /** What the server says may be done here. */
  allow(write: boolean): void {
    this.readOnly = !write
  }

  /** Several changes as one. */
  transact(work: () => void): void {
    this.ydoc.transact(work, this)
  }

  /** The texts changed here that the server has not stored: what would be lost with this copy. */
  unsaved(): Record<string, string> {
    for (const t of this.texts.values()) t.flush()
    return Object.fromEntries([...this.touched].map(k => [k, this.text(k).toString()]).filter(([, t]) => t))
  }

  send(payload: object): void {
    this.provider.sendStateless(JSON.stringify(payload))
  }

  /** Removes the document and everything it held from this browser. */
  destroy(): void {
    if (this.over) return
    this.over = true
    this.presence.destroy()
    this.provider.destroy()
    this.ydoc.destroy()
  }

  private note(tr: Y.Transaction): void {
    this.pending.changed(Date.now())
    for (const type of tr.changed.keys()) {
      for (const [name, root] of this.ydoc.share) {
        if ((root as unknown) === type && name.startsWith('t:')) this.touched.add(name.slice(2))
      }
    }
    this.changed.emit()
  }
}
