import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { PlanRow } from '../plan/PlanRow'

/** The texts of rows, by row id, redrawn with every change of one of them. */
export function useTexts(rows: readonly PlanRow[], kind: string): ReadonlyMap<string, string> {
  const kept = useRef<{ stamp: string; map: Map<string, string> }>({ stamp: '', map: new Map() })
  const key = rows.map(r => `${r.entry.slot.generation}${r.id}`).join(' ')
  const now = useRef(rows)
  now.current = rows
  const subscribe = useCallback(
    (listener: () => void) => {
      const offs = key ? now.current.map(r => r.doc.text(`${kind}/${r.id}/text`).observe(() => listener())) : []
      return () => {
        for (const off of offs) off()
      }
    },
    [kind, key],
  )
  return useSyncExternalStore(subscribe, () => {
    const map = new Map(now.current.map(r => [r.id, r.doc.text(`${kind}/${r.id}/text`).toString()]))
    const stamp = JSON.stringify([...map])
    if (stamp !== kept.current.stamp) kept.current = { stamp, map }
    return kept.current.map
  })
}
