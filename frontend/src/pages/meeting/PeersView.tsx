import type { Peer } from '../../sync/Peer'
import { words } from '../../words'

interface Props {
  peers: readonly Peer[]
  /** There may be people who are not among them. */
  partial: boolean
}

/** Everybody once, however many screens they have open; and a word when somebody may be missing. */
export function PeersView({ peers, partial }: Props) {
  const named = [...new Map(peers.filter(p => p.name).map(p => [p.name + p.agencyId, p])).values()]
  return (
    <div className="here">
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
      <p role="status" className="here-partial" data-testid="peers-partial">
        {partial ? words.people.partial : null}
      </p>
    </div>
  )
}
