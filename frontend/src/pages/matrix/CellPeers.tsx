import { type RefObject, useEffect, useRef } from 'react'
import type { LiveDoc } from '../../sync/LiveDoc'
import { PeerFrames } from './PeerFrames'

interface Props {
  table: RefObject<HTMLTableElement | null>
  docs: readonly LiveDoc[]
}

/** The layer over the matrix in which the others are shown. */
export function CellPeers({ table, docs }: Props) {
  const layer = useRef<HTMLDivElement>(null)
  const frames = useRef<PeerFrames | null>(null)
  useEffect(() => {
    if (!layer.current || !table.current) return
    frames.current = new PeerFrames(layer.current, table.current)
    return () => frames.current?.stop()
  }, [table])
  useEffect(() => frames.current?.follow(docs))
  return <div ref={layer} className="cell-peers" aria-hidden="true" />
}
