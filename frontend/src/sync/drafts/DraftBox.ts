import * as Y from 'yjs'
import type { Scalar } from '../../text/SharedValues'
import { type Draft, MERGE_WITHIN } from './Draft'
import type { DraftStore } from './DraftStore'
import { randomName, tab } from './tab'

/** Whose drafts, of what page, and where they are kept. */
export interface Writer {
  /** Id of the user signed in; '' where nobody is known (tests). */
  user: string
  drafts: DraftStore
  /** Path of the page now. */
  page(): string
}

/** What waits in the store from earlier openings of a document. */
export interface Left {
  drafts: Draft[]
  /** Why it is not merged: 'old' or 'epoch'; '' when it is to be merged. */
  reason: '' | 'old' | 'epoch'
}

/** The drafts of one opening of one document: what its user wrote and the server has not acknowledged. */
export class DraftBox {
  /** Open drafts, oldest first. */
  readonly open: Draft[] = []
  private readonly copy = randomName()
  private readonly held = new Set([this.copy])
  private readonly offered = new Set<string>()
  private readonly doc: string
  private readonly context: string
  private readonly writer: Writer

  constructor(doc: string, context: string, writer: Writer) {
    this.doc = doc
    this.context = context
    this.writer = writer
    tab.hold(this.copy)
  }

  /** Keeps a change of the user, in the same turn in which it is shown. */
  keep(update: Uint8Array, tr: Y.Transaction): void {
    const texts: string[] = []
    const values: Record<string, Scalar> = {}
    for (const [type, keys] of tr.changed) {
      const name = nameOf(tr.doc, type)
      if (name.startsWith('t:')) texts.push(name.slice(2))
      else for (const k of keys) if (k !== null) values[k] = tr.doc.getMap<Scalar>('v').get(k) ?? null
    }
    const base = this.open.length ? new Uint8Array() : Y.encodeStateVector(tr.beforeState)
    const { doc, context, copy } = this
    const at = Date.now()
    const page = this.writer.page()
    const draft: Draft = { id: 0, doc, context, page, tab: tab.id, copy, at, refused: '', update, base, texts, values }
    this.open.push(draft)
    this.writer.drafts.add(draft)
  }

  /** All of it is stored on the server. */
  acknowledged(): void {
    if (this.open.length) this.writer.drafts.remove(this.open.splice(0))
  }

  /** True when the oldest open change was made longer ago than this. */
  isOlder(ms: number, now: number): boolean {
    const oldest = this.open[0]
    return oldest !== undefined && now - oldest.at > ms
  }

  /**
   * What earlier openings left, one entry for each: they belong to this box from now on, and no other tab sends them. Drafts of
   * one opening build on each other, so they are merged together or not at all.
   */
  async left(now: number): Promise<Left[]> {
    const id = idOf(this.doc)
    const groups = new Map<string, Draft[]>()
    for (const d of await this.writer.drafts.all()) {
      if (d.refused || idOf(d.doc) !== id || d.context !== this.context || d.copy === this.copy) continue
      groups.set(d.copy, [...(groups.get(d.copy) ?? []), d])
    }
    const out: Left[] = []
    for (const drafts of groups.values()) {
      const first = drafts[0] as Draft
      if (!(await tab.claim(first))) continue
      this.held.add(first.copy)
      const reason = first.doc !== this.doc ? 'epoch' : now - first.at > MERGE_WITHIN ? 'old' : ''
      out.push({ drafts, reason })
    }
    return out
  }

  /** Drafts of an earlier opening are in the document now and wait for its acknowledgement. */
  adopt(drafts: Draft[]): void {
    this.open.unshift(...drafts)
  }

  /** Nothing is to be sent of them any more. */
  forget(drafts: readonly Draft[]): void {
    for (const d of drafts) {
      const i = this.open.indexOf(d)
      if (i >= 0) this.open.splice(i, 1)
    }
    this.writer.drafts.remove(drafts)
  }

  /** Takes the open drafts out, because the document does not take them: they are offered until the user lets them go. */
  refuse(reason: string, drafts = this.open.splice(0)): Draft[] {
    if (drafts.length) this.writer.drafts.refuse(drafts, reason || 'refused')
    for (const d of drafts) this.offered.add(d.copy)
    return drafts
  }

  /** The opening has ended: what is still open may be merged by the next one. What is offered on the page stays busy. */
  release(): void {
    for (const copy of this.held) if (!this.offered.has(copy)) tab.free(copy)
  }

  /** What was offered is no longer on the page. */
  free(drafts: readonly Draft[]): void {
    for (const d of drafts) tab.free(d.copy)
  }
}

/** A document's id without its epoch. */
const idOf = (name: string) => name.replace(/\.\d+$/, '')

function nameOf(doc: Y.Doc, type: unknown): string {
  for (const [name, root] of doc.share) if ((root as unknown) === type) return name
  return ''
}
