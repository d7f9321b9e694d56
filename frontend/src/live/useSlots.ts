import { useEffect, useMemo, useState } from 'react'
import type { DocRef } from '../api/cases'
import type { DocSlot } from '../sync/DocSlot'
import { useConnection } from './useConnection'

/** A document of a list with what the server says about it. */
export interface DocEntry {
  ref: DocRef
  slot: DocSlot
}

/**
 * Opens all documents of a list that may be read, and lets go of the others. A document that was withdrawn is opened again
 * when a newer list says that it may be read.
 */
export function useSlots(refs: readonly DocRef[]): DocEntry[] {
  const connection = useConnection()
  const names = refs.filter(r => r.read && r.doc).map(r => r.doc)
  const key = names.join(' ')
  const [slots, setSlots] = useState<Map<string, DocSlot>>(new Map())

  useEffect(() => {
    const opened = new Map(
      key
        .split(' ')
        .filter(Boolean)
        .map(n => [n, connection.open(n)] as const),
    )
    setSlots(opened)
    return () => {
      for (const s of opened.values()) connection.close(s)
    }
  }, [connection, key])

  useEffect(() => {
    for (const r of refs) {
      const slot = slots.get(r.doc)
      if (slot?.gone && r.read) slot.open()
    }
  }, [refs, slots])

  return useMemo(
    () =>
      refs.flatMap(ref => {
        const slot = ref.read ? slots.get(ref.doc) : undefined
        return slot ? [{ ref, slot }] : []
      }),
    [refs, slots],
  )
}
