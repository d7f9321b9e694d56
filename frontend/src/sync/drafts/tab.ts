import { Signal } from '../Signal'

const nameOf = (id: string) => `kasane-tab-${id}`

/** A random name, also where `crypto.randomUUID` is missing (plain http). */
export const randomName = () => [...crypto.getRandomValues(new Uint32Array(4))].map(n => n.toString(36)).join('-')

const id = randomName()
const mine = new Set([id])
/** Openings of documents in this tab that answer for their drafts themselves. */
const busy = new Set<string>()
void take(id)

/** Who answers for a draft: a tab that lives sends its own drafts; those of a dead tab go to the first that asks. */
export const tab = {
  id,
  /** Something became busy or free. */
  changed: new Signal(),
  /** True when this tab may send the drafts of that opening now; then it is busy until `free`. */
  async claim(draft: { tab: string; copy: string }): Promise<boolean> {
    if (busy.has(draft.copy)) return false
    busy.add(draft.copy)
    const got = mine.has(draft.tab) || (await take(draft.tab))
    if (got) tab.changed.emit()
    else busy.delete(draft.copy)
    return got
  },
  hold: (copy: string) => void busy.add(copy),
  free(copy: string): void {
    busy.delete(copy)
    tab.changed.emit()
  },
  isBusy: (copy: string) => busy.has(copy),
  /** True when another tab that lives answers for it. */
  async isElsewhere(draft: { tab: string }): Promise<boolean> {
    return !mine.has(draft.tab) && !(await take(draft.tab))
  },
}

/** Takes over the name of a tab for as long as this one lives. Without Web Locks everybody may: edits that come twice are one. */
async function take(name: string): Promise<boolean> {
  const locks = globalThis.navigator?.locks
  if (!locks) return true
  return new Promise(resolve => {
    locks
      .request(nameOf(name), { ifAvailable: true }, lock => {
        if (lock) mine.add(name)
        resolve(lock !== null)
        return lock ? new Promise(() => {}) : undefined // held until the tab ends
      })
      .catch(() => resolve(true))
  })
}
