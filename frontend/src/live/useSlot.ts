import { useEffect, useState, useSyncExternalStore } from 'react'
import type { DocSlot } from '../sync/DocSlot'
import type { LiveDoc } from '../sync/LiveDoc'
import { useConnection } from './useConnection'

/** A live document on a page: `doc` is null before it is open and after it was withdrawn. */
export interface OpenDoc {
  slot: DocSlot | null
  doc: LiveDoc | null
  loaded: boolean
  readOnly: boolean
}

/** Opens one document by its wire name ('' opens none). */
export function useSlot(name: string): OpenDoc {
  const connection = useConnection()
  const [slot, setSlot] = useState<DocSlot | null>(null)
  useEffect(() => {
    if (!name) return
    const s = connection.open(name)
    setSlot(s)
    return () => {
      setSlot(null)
      connection.close(s)
    }
  }, [connection, name])
  const stamp = useSyncExternalStore(
    l => slot?.changed.on(l) ?? (() => {}),
    () =>
      slot
        ? `${slot.generation}${slot.gone ? 'g' : ''}${slot.frozen ? 'f' : ''}${slot.doc?.loaded}${slot.doc?.readOnly}`
        : '',
  )
  void stamp
  const doc = slot?.doc ?? null
  return { slot, doc, loaded: doc?.loaded ?? false, readOnly: !doc || doc.readOnly || (slot?.frozen ?? false) }
}
