import { useCallback, useEffect, useState } from 'react'
import { type LeftDraft, leftDrafts } from '../sync/drafts/leftDrafts'
import { tab } from '../sync/drafts/tab'
import { drafts } from './drafts'

/** A page that opens takes its drafts first; only what stays is shown (ms). */
const SETTLE = 1500

/** What is left in this browser, looked at anew when one goes to another page; and a way to let go of it. */
export function useLeftDrafts(where: string): [LeftDraft[], (left: LeftDraft) => void] {
  const [left, setLeft] = useState<LeftDraft[]>([])
  const drop = useCallback((l: LeftDraft) => {
    drafts.store().remove(l.drafts)
    setLeft(all => all.filter(x => x !== l))
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a reason to look
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let over = false
    const look = () => {
      clearTimeout(timer)
      timer = setTimeout(async () => {
        const found = await leftDrafts(drafts.store(), Date.now())
        if (!over) setLeft(found)
      }, SETTLE)
    }
    look()
    const off = [tab.changed.on(look), drafts.changed.on(look)]
    return () => {
      over = true
      clearTimeout(timer)
      for (const o of off) o()
    }
  }, [where])

  return [left, drop]
}
