import { useCallback, useRef, useSyncExternalStore } from 'react'
import { DocsWatch } from './DocsWatch'
import type { DocEntry } from './useSlots'

interface Versions {
  /** Anything that is drawn: values, rights. */
  all: number
  /** Values changed since the documents were loaded. */
  content: number
}

/** Redraws when flat values or rights of any of the documents move; who is in which field is drawn by the fields (usePeersAt). */
export function useDocsVersion(docs: readonly DocEntry[]): Versions {
  const counts = useRef<Versions>({ all: 0, content: 0 })
  const subscribe = useCallback(
    (listener: () => void) => {
      const bump = (content: boolean) => {
        counts.current = { all: counts.current.all + 1, content: counts.current.content + (content ? 1 : 0) }
        listener()
      }
      const watches = docs.map(d => new DocsWatch(d.slot, bump))
      bump(false)
      return () => {
        for (const w of watches) w.stop()
      }
    },
    [docs],
  )
  return useSyncExternalStore(subscribe, () => counts.current)
}
