import { useSyncExternalStore } from 'react'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'

interface Props {
  doc: LiveDoc
  /** Key of the field, or a prefix of the keys of its parts. */
  at: string
}

/** Who else is in this field, by name and agency. */
export function PeersAt({ doc, at }: Props) {
  const peers = useSyncExternalStore(
    l => doc.presence.changed.on(l),
    () => doc.presence.peers(),
  ).filter(p => p.at === at || p.at.startsWith(`${at}/`))
  return peers.map(p => (
    <span key={p.clientId} className={`peer-name hue-${p.hue}`} title={p.agency}>
      {words.people.editing(p.agency || p.name)}
    </span>
  ))
}
