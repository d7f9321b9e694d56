import { useCallback, useSyncExternalStore } from 'react'
import { useSlot } from '../../live/useSlot'
import type { Peer } from '../../sync/Peer'
import { PeersView } from './PeersView'

interface Props {
  id: string
}

const NONE: Peer[] = []

/** Who has the meeting open, by the presence on its channel. */
export function Peers({ id }: Props) {
  const { doc } = useSlot(`m.${id}`)
  const subscribe = useCallback((l: () => void) => doc?.presence.changed.on(l) ?? (() => {}), [doc])
  const peers = useSyncExternalStore(subscribe, () => doc?.presence.peers() ?? NONE)
  const partial = useSyncExternalStore(subscribe, () => doc?.presence.partial ?? false)
  return <PeersView peers={peers} partial={partial} />
}
