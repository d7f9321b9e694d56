import { usePeersAt } from '../../live/usePeersAt'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'

interface Props {
  doc: LiveDoc
  /** Key of the cell. */
  at: string
}

/** Who else is in a cell: a frame over it with the name. It is always there and has its own small layout, so that the table stands still while people move. */
export function CellPeer({ doc, at }: Props) {
  const [peer] = usePeersAt(doc, at)
  return (
    <span className={peer ? `cell-peer hue-${peer.hue}` : 'cell-peer'} data-here={peer ? true : undefined}>
      {peer ? <span className="peer-name">{words.people.editing(peer.agency || peer.name)}</span> : null}
    </span>
  )
}
