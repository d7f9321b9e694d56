import { hueOf } from './hueOf'
import type { Peer } from './Peer'

/** The people of an awareness, without oneself. States come from other browsers: nothing in them is trusted to be there. */
export function peersOf(states: Map<number, Record<string, unknown>>, self: number): Peer[] {
  const peers: Peer[] = []
  for (const [clientId, state] of states) {
    if (clientId === self || typeof state !== 'object' || state === null) continue
    const user = (state.user ?? {}) as Record<string, unknown>
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
