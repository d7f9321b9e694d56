import { hueOf } from './hueOf'
import type { Peer } from './Peer'

/** Who is behind a client id, as the server said with the first state of it (`{"type":"brief"}` in docs/protocol.md). */
export type Users = Map<number, Record<string, unknown>>

/**
 * The people of an awareness, without oneself; `users` is what is remembered of them, and learns. States come from other browsers:
 * nothing in them is trusted to be there. `user` alone comes from the server, whatever the other browser said of itself.
 */
export function peersOf(states: Map<number, Record<string, unknown>>, self: number, users: Users = new Map()): Peer[] {
  const peers: Peer[] = []
  for (const [clientId, state] of states) {
    if (clientId === self || typeof state !== 'object' || state === null) continue
    if (typeof state.user === 'object' && state.user !== null)
      users.set(clientId, state.user as Record<string, unknown>)
    const user = users.get(clientId) ?? {}
    const text = (v: unknown) => (typeof v === 'string' ? v : '')
    const agencyId = text(user.agencyId) || text(user.agency)
    peers.push({
      clientId,
      name: text(user.name),
      agencyId,
      agency: text(user.agencyName) || text(user.agency),
      hue: hueOf(agencyId),
      at: text(state.at),
      typing: state.typing === true,
      ...lateOf(state.late),
    })
  }
  return peers
}

function lateOf(v: unknown): Pick<Peer, 'late'> {
  const { id, keys } = (typeof v === 'object' && v !== null ? v : {}) as Record<string, unknown>
  if (typeof id !== 'string' || !Array.isArray(keys)) return {}
  return { late: { id, keys: keys.filter(k => typeof k === 'string') } }
}
