import { usePeersAt } from '../../live/usePeersAt'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'

interface Props {
  doc: LiveDoc
  /** Key of the field, or a prefix of the keys of its parts. */
  at: string
}

/** Who else is in this field, by name and agency. */
export function PeersAt({ doc, at }: Props) {
  return usePeersAt(doc, at).map(p => (
    <span key={p.clientId} className={`peer-name hue-${p.hue}`} title={p.agency}>
      {words.people.editing(p.agency || p.name)}
    </span>
  ))
}
