import { Signal } from '../Signal'
import type { Draft } from './Draft'
import type { DraftStore } from './DraftStore'

/** Drafts as long as the tab lives. */
export class MemoryDraftStore implements DraftStore {
  readonly changed = new Signal()
  readonly durable: boolean = false
  protected readonly drafts = new Set<Draft>()
  protected over = false

  add(draft: Draft): void {
    if (this.over) return
    this.drafts.add(draft)
    this.changed.emit()
  }

  remove(drafts: readonly Draft[]): void {
    for (const d of drafts) this.drafts.delete(d)
    this.changed.emit()
  }

  refuse(drafts: readonly Draft[], reason: string): void {
    for (const d of drafts) d.refused = reason
    this.changed.emit()
  }

  async all(): Promise<Draft[]> {
    return [...this.drafts]
  }

  async clear(): Promise<void> {
    this.over = true
    this.drafts.clear()
    this.changed.emit()
  }
}
