import { useCallback, useSyncExternalStore } from 'react'
import { useSlot } from '../../live/useSlot'
import type { Peer } from '../../sync/Peer'
import { words } from '../../words'

interface Props {
  id: string
}

const NONE: Peer[] = []

/** Who has the meeting open, by the presence on its channel. */
export function Peers({ id }: Props) {
  const { doc } = useSlot(`m.${id}`)
  const subscribe = useCallback((l: () => void) => doc?.presence.changed.on(l) ?? (() => {}), [doc])
  const peers = useSyncExternalStore(subscribe, () => doc?.presence.peers() ?? NONE)
  const named = [...new Map(peers.filter(p => p.name).map(p => [p.name + p.agencyId, p])).values()]
  return (
    <ul className="peers" aria-label={words.people.here} data-testid="peers">
      {named.map(p => (
        <li key={p.clientId} className={`peer hue-${p.hue}`} title={`${p.name}（${p.agency}）`}>
          <span className="peer-badge" aria-hidden="true">
            {[...p.name][0]}
          </span>
          <span className="sr-only">
            {p.name}（{p.agency}）
          </span>
        </li>
      ))}
    </ul>
  )
}
