import type { Awareness } from 'y-protocols/awareness'
import type { Carets, RemoteCaret } from '../text/Carets'
import type { Peer } from './Peer'
import { peersOf } from './peersOf'
import { Signal } from './Signal'

/** Who is in one document, and in which field. */
export class Presence {
  readonly changed = new Signal()
  private list: Peer[] = []
  private readonly awareness: Awareness

  constructor(awareness: Awareness) {
    this.awareness = awareness
    awareness.on('change', this.refresh)
  }

  /** The others; the same array until somebody moves. */
  peers(): Peer[] {
    return this.list
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
    this.list = peersOf(this.awareness.getStates(), this.awareness.clientID)
    this.changed.emit()
  }

  destroy(): void {
    this.awareness.off('change', this.refresh)
  }
}
