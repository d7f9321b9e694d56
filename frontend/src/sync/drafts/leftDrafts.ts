import { LETTER } from '../outbox/Letter'
import { type Draft, MERGE_WITHIN } from './Draft'
import type { DraftStore } from './DraftStore'
import { ownTexts } from './ownTexts'
import { tab } from './tab'

/** What one opening of a document left and no open page answers for. */
export interface LeftDraft {
  copy: string
  page: string
  drafts: Draft[]
  texts: Record<string, string>
  since: number
  /** Why it is not sent when its page is opened; '' when it is. */
  reason: string
}

/** Everything that is left in this browser of one user. */
export async function leftDrafts(store: DraftStore, now: number): Promise<LeftDraft[]> {
  const groups = new Map<string, Draft[]>()
  for (const d of await store.all()) groups.set(d.copy, [...(groups.get(d.copy) ?? []), d])
  const out: LeftDraft[] = []
  for (const [copy, drafts] of groups) {
    const first = drafts[0] as Draft
    if (tab.isBusy(copy) || (await tab.isElsewhere(first))) continue
    const refused = drafts.find(d => d.refused)?.refused ?? ''
    // A letter does not change what others wrote: it may go however late.
    const reason = refused || (now - first.at > MERGE_WITHIN && !first.doc.startsWith(LETTER) ? 'old' : '')
    out.push({ copy, page: first.page, drafts, texts: ownTexts(drafts), since: first.at, reason })
  }
  return out
}
