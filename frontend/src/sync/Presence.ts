import type { Awareness } from 'y-protocols/awareness'
import type { Carets, RemoteCaret } from '../text/Carets'
import { randomName } from './drafts/tab'
import type { LateNote } from './LateChange'
import type { Peer } from './Peer'
import { peersOf, type Users } from './peersOf'
import { Signal } from './Signal'

/** How long it is told that something arrived late (ms), and of how many fields: a state has 2 kB. */
const TOLD_FOR = 60_000
const MOST_KEYS = 10

/** Who is in one document, and in which field. */
export class Presence {
  readonly changed = new Signal()
  /** Somebody says that words written while away arrived late. */
  readonly lateTold = new Signal<Omit<LateNote, 'doc'>>()
  private readonly heard = new Set<string>()
  /** People connected to other nodes may be missing from `peers`. */
  partial = false
  private list: Peer[] = []
  private readonly users: Users = new Map()
  private readonly awareness: Awareness

  constructor(awareness: Awareness) {
    this.awareness = awareness
    awareness.on('change', this.refresh)
  }

  /** The others; the same array until somebody moves. */
  peers(): Peer[] {
    return this.list
  }

  /** What the server says of that, or, for a new socket, has not said. */
  tellPartial(partial: boolean): void {
    if (partial === this.partial) return
    this.partial = partial
    this.changed.emit()
  }

  /** Tells the others in which field one is. */
  move(at: string): void {
    if ((this.awareness.getLocalState()?.at ?? '') !== at) this.awareness.setLocalStateField('at', at)
  }

  /** Leaves a field, if one is still said to be in it. */
  leave(at: string): void {
    if (this.awareness.getLocalState()?.at === at)
      this.awareness.setLocalState({ ...this.awareness.getLocalState(), at: '', caret: null })
  }

  /** Tells the others in which fields one's words arrive late; for a while, so that whoever opens the document next hears it, too. */
  tellLate(keys: readonly string[]): void {
    const late = { id: randomName(), keys: keys.slice(0, MOST_KEYS) }
    this.awareness.setLocalStateField('late', late)
    setTimeout(() => {
      if (this.awareness.getLocalState()?.late === late) this.awareness.setLocalStateField('late', null)
    }, TOLD_FOR)
  }

  /** The carets of the others in the text `key`. */
  carets(key: string): Carets {
    return {
      publish: anchor => {
        const caret = anchor === null ? null : { key, anchor }
        if (JSON.stringify(this.awareness.getLocalState()?.caret ?? null) !== JSON.stringify(caret)) {
          this.awareness.setLocalStateField('caret', caret)
        }
      },
      others: () => {
        const states = this.awareness.getStates()
        return this.list.flatMap(p => {
          const caret = states.get(p.clientId)?.caret as { key?: string; anchor?: unknown } | null | undefined
          return caret?.key === key
            ? [{ id: p.clientId, name: p.name, hue: p.hue, anchor: caret.anchor } as RemoteCaret]
            : []
        })
      },
      observe: listener => this.changed.on(listener),
    }
  }

  /** One's own moves are no news: the editor tells them while it is changing itself. */
  private readonly refresh = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    if ([...added, ...updated, ...removed].every(id => id === this.awareness.clientID)) return
    this.list = peersOf(this.awareness.getStates(), this.awareness.clientID, this.users)
    this.changed.emit()
    for (const p of this.list) {
      if (!p.late || this.heard.has(p.late.id)) continue
      this.heard.add(p.late.id)
      this.lateTold.emit({ ...p.late, name: p.name, agency: p.agency })
    }
  }

  destroy(): void {
    this.awareness.off('change', this.refresh)
  }
}
