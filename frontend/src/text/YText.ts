import * as Y from 'yjs'
import type { Delta } from './Delta'
import type { SharedText } from './SharedText'

/** A SharedText on a Yjs root `t:<key>`. */
export class YText implements SharedText {
  readonly key: string
  readonly type: Y.Text
  private readonly flushers = new Set<() => void>()

  constructor(doc: Y.Doc, key: string) {
    this.key = key
    this.type = doc.getText(`t:${key}`)
  }

  toString(): string {
    return this.type.toString()
  }

  edit(origin: object, work: Parameters<SharedText['edit']>[1]): void {
    const type = this.type
    type.doc?.transact(() => {
      work({
        insert: (at, text) => type.insert(at, text),
        remove: (at, n) => type.delete(at, n),
      })
    }, origin)
  }

  observe(listener: (delta: Delta, origin: object | null) => void): () => void {
    const on = (event: Y.YTextEvent, tr: Y.Transaction) => {
      listener(event.delta as Delta, tr.local && typeof tr.origin === 'object' ? tr.origin : null)
    }
    this.type.observe(on)
    return () => this.type.unobserve(on)
  }

  anchor(at: number): unknown {
    return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.type, at))
  }

  locate(anchor: unknown): number | null {
    const doc = this.type.doc
    if (!doc || typeof anchor !== 'object' || anchor === null) return null
    try {
      const at = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(anchor), doc)
      return at?.type === this.type ? at.index : null
    } catch {
      return null // what another browser sent as its caret is no reason to stop
    }
  }

  onFlush(listener: () => void): () => void {
    this.flushers.add(listener)
    return () => void this.flushers.delete(listener)
  }

  flush(): void {
    for (const f of [...this.flushers]) f()
  }

  history(origin: object) {
    const manager = new Y.UndoManager(this.type, { trackedOrigins: new Set([origin]), captureTimeout: 400 })
    return { undo: () => void manager.undo(), redo: () => void manager.redo(), destroy: () => manager.destroy() }
  }
}
