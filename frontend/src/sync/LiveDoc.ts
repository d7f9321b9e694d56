import type { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import * as Y from 'yjs'
import type { SharedText } from '../text/SharedText'
import type { SharedValues } from '../text/SharedValues'
import { YText } from '../text/YText'
import { YValues } from '../text/YValues'
import { type Draft, MERGE_WITHIN } from './drafts/Draft'
import { DraftBox, type Left, type Writer } from './drafts/DraftBox'
import { lateChanges } from './drafts/lateChanges'
import { ownTexts } from './drafts/ownTexts'
import { tab } from './drafts/tab'
import type { LateChange } from './LateChange'
import { PendingCount } from './PendingCount'
import { Presence } from './Presence'
import { Provider } from './Provider'
import { parseMessage } from './parseMessage'
import type { Refusal } from './Refusal'
import type { ServerMessage } from './ServerMessage'
import { Signal } from './Signal'

/** What a live document reports to the slot that holds it. */
export interface LiveDocEvents {
  message(m: ServerMessage): void
  denied(reason: string): void
  /** The server closed this document alone. */
  closed(reason: string): void
  /** The line came back under the session of another user: nothing was sent. */
  stranger(): void
  /** The line came back with changes too old to be merged by themselves: nothing of them was sent. */
  old(): void
  /** Words of earlier openings that are not merged. */
  leftOver(r: Refusal): void
  /** Changes made while away are stored now. */
  late(changes: LateChange[]): void
}

/** Words that come in later than this (ms) after they were written are worth a look at what came of them. */
export const ABSENCE = 60_000

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
  private readonly box: DraftBox
  private readonly user: string
  private readonly events: LiveDocEvents
  private readonly texts = new Map<string, YText>()
  private over = false
  /** What arrives late, told when it is stored. */
  private readonly arriving: LateChange[] = []

  constructor(socket: HocuspocusProviderWebsocket, name: string, token: string, events: LiveDocEvents, writer: Writer) {
    this.name = name
    this.events = events
    this.user = writer.user
    this.box = new DraftBox(name, token, writer)
    this.values = new YValues(this.ydoc)
    // Before the provider, so that a change is kept before it is sent.
    this.ydoc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, tr: Y.Transaction) => {
      if (tr.local) this.note(update, tr)
    })
    this.provider = new Provider({
      websocketProvider: socket,
      name,
      document: this.ydoc,
      token,
      onOpen: () => {
        this.pending.opened()
        this.presence.tellPartial(false)
      },
      onAuthenticated: ({ scope }) => {
        this.readOnly = scope === 'readonly'
        this.send({ type: 'brief' })
        this.changed.emit()
      },
      onAuthenticationFailed: ({ reason }) => this.over || events.denied(reason),
      onSynced: () => this.synced(),
      onUnsyncedChanges: ({ number }) => {
        if (this.pending.unacknowledged(number, Date.now())) this.stored()
        this.changed.emit()
      },
      onStateless: ({ payload }) => {
        const m = parseMessage(payload)
        if (m?.type === 'presence') this.presence.tellPartial(m.partial === true)
        else if (m && !this.over && this.admit(m)) events.message(m)
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

  /** The own words that the server has not stored, by text: what would be lost with this copy. */
  unsaved(): Record<string, string> {
    this.flush()
    return ownTexts(this.box.open)
  }

  /** Writes down what is still being composed. */
  flush(): void {
    for (const t of this.texts.values()) t.flush()
  }

  /** The document does not take what is open: the own words, to be offered. The copy is of no use any more. */
  refuse(reason: string, label: string): Refusal | null {
    this.flush()
    return this.offer(this.box.refuse(reason), reason, label)
  }

  send(payload: object): void {
    this.provider.sendStateless(JSON.stringify(payload))
  }

  /** Removes the document and everything it held from this browser; what is open stays among the drafts. */
  destroy(): void {
    if (this.over) return
    this.over = true
    this.presence.destroy()
    this.provider.destroy()
    this.ydoc.destroy()
    this.box.release()
  }

  private note(update: Uint8Array, tr: Y.Transaction): void {
    this.pending.changed(Date.now())
    this.box.keep(update, tr)
    this.changed.emit()
  }

  /** Looks at a message before the slot does: the rights come before anything of the document is asked or sent. */
  private admit(m: ServerMessage): boolean {
    if (m.type !== 'rights') return true
    if (m.user && this.user && m.user !== this.user) {
      this.events.stranger()
      return false
    }
    if (this.box.isOlder(MERGE_WITHIN, Date.now())) {
      this.events.old()
      return false
    }
    this.provider.cleared = true
    return true
  }

  private synced(): void {
    const first = !this.loaded
    this.loaded = true
    if (first) void this.mergeLeft()
    else if (this.box.isOlder(ABSENCE, Date.now())) this.arrive(this.box.open)
    this.changed.emit()
  }

  private stored(): void {
    this.savedAt = Date.now()
    this.box.acknowledged()
    if (this.arriving.length) this.events.late(this.arriving.splice(0))
  }

  private arrive(drafts: readonly Draft[]): void {
    this.arriving.push(...lateChanges(this.ydoc, this.name, drafts))
  }

  /** Brings in what earlier openings of this document could not send. */
  private async mergeLeft(): Promise<void> {
    for (const left of await this.box.left(Date.now())) {
      if (this.over) return
      const reason = left.reason || (this.readOnly ? 'readonly' : '') || (this.fits(left) ? '' : 'gap')
      if (reason) {
        const r = this.offer(this.box.refuse(reason, left.drafts), reason, '')
        if (r) this.events.leftOver(r)
      } else this.merge(left)
    }
  }

  /** The changes come in with the client ids they were made with: they are the same changes, whoever else may send them. */
  private merge({ drafts }: Left): void {
    let news = false
    const look = () => {
      news = true
    }
    this.ydoc.on('update', look)
    this.pending.changed(Date.now())
    this.box.adopt(drafts)
    Y.transact(
      this.ydoc,
      () => {
        for (const d of drafts) Y.applyUpdate(this.ydoc, d.update, this.box)
      },
      this.box,
      false,
    )
    this.ydoc.off('update', look)
    if (news) {
      // A document that this tab took anew a moment ago brings its own words back: that is no news.
      const first = drafts[0] as Draft
      if (first.tab !== tab.id || Date.now() - first.at > ABSENCE) this.arrive(drafts)
      this.changed.emit()
    } else {
      this.pending.taken()
      this.box.forget(drafts) // all of it had arrived, only the acknowledgement had not
    }
  }

  /** False when something these changes build on is missing on the server. */
  private fits({ drafts }: Left): boolean {
    const trial = new Y.Doc()
    Y.applyUpdate(trial, Y.encodeStateAsUpdate(this.ydoc))
    for (const d of drafts) Y.applyUpdate(trial, d.update)
    const fits = trial.store.pendingStructs === null && trial.store.pendingDs === null
    trial.destroy()
    return fits
  }

  private offer(drafts: Draft[], reason: string, label: string): Refusal | null {
    const first = drafts[0]
    if (!first) return null
    return {
      doc: this.name,
      reason,
      label,
      texts: ownTexts(drafts),
      since: first.at,
      forget: () => {
        this.box.forget(drafts)
        this.box.free(drafts)
      },
      leave: () => this.box.free(drafts),
    }
  }
}
