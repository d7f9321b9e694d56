import type * as Y from 'yjs'
import type { Scalar, SharedValues } from './SharedValues'

/** SharedValues on the Yjs root map `v`. */
export class YValues implements SharedValues {
  private readonly map: Y.Map<Scalar>
  private readonly doc: Y.Doc

  constructor(doc: Y.Doc) {
    this.doc = doc
    this.map = doc.getMap<Scalar>('v')
  }

  get(key: string): Scalar | undefined {
    return this.map.get(key)
  }

  keys(): Iterable<string> {
    return this.map.keys()
  }

  set(values: Record<string, Scalar>): void {
    const changed = Object.entries(values).filter(([k, v]) => this.map.get(k) !== v)
    if (!changed.length) return
    this.doc.transact(() => {
      for (const [k, v] of changed) this.map.set(k, v)
    }, this)
  }

  observe(listener: () => void): () => void {
    const on = () => listener()
    this.map.observe(on)
    return () => this.map.unobserve(on)
  }
}
