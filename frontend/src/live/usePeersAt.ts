import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { LiveDoc } from '../sync/LiveDoc'
import type { Peer } from '../sync/Peer'

const NOBODY: Peer[] = []

/**
 * Who else is in a field, or in a part of it. Redraws only when somebody comes into this very field or leaves it: with 15 people about, 60 cells
 * that all looked up at each step of each of them would be more than a slow computer can draw.
 */
export function usePeersAt(doc: LiveDoc, at: string): Peer[] {
  const last = useRef(NOBODY)
  const subscribe = useCallback((l: () => void) => doc.presence.changed.on(l), [doc])
  return useSyncExternalStore(subscribe, () => {
    const here = doc.presence.peers().filter(p => p.at === at || p.at.startsWith(`${at}/`))
    if (!same(here, last.current)) last.current = here
    return last.current
  })
}

function same(a: readonly Peer[], b: readonly Peer[]): boolean {
  return (
    a.length === b.length &&
    a.every((p, i) => {
      const q = b[i]
      return (
        q && p.clientId === q.clientId && p.name === q.name && p.agency === q.agency && p.hue === q.hue && p.at === q.at
      )
    })
  )
}
