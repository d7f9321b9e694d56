import type { DocSlot } from '../sync/DocSlot'

/** Follows one slot through all copies of its document. */
export class DocsWatch {
  private readonly slot: DocSlot
  private readonly bump: (content: boolean) => void
  private inner: (() => void)[] = []
  private generation = -1
  private stamp = ''
  private readonly off: () => void

  constructor(slot: DocSlot, bump: (content: boolean) => void) {
    this.slot = slot
    this.bump = bump
    this.off = slot.changed.on(() => this.look() && bump(false))
    this.look()
  }

  stop(): void {
    this.off()
    this.release()
  }

  private look(): boolean {
    const { slot } = this
    const doc = slot.doc
    const generation = doc ? slot.generation : -1
    if (generation !== this.generation) {
      this.release()
      this.generation = generation
      if (doc) this.inner = [doc.values.observe(() => this.bump(doc.loaded))]
    }
    const stamp = `${generation}/${doc?.loaded}/${doc?.readOnly}/${slot.frozen}/${slot.ownAgencyOnly}/${slot.gone?.reason}`
    const moved = stamp !== this.stamp
    this.stamp = stamp
    return moved
  }

  private release(): void {
    for (const off of this.inner) off()
    this.inner = []
  }
}
