import type { Guest } from '../../api/meeting'

/** Where an invitation stands at a moment of the server's clock. */
export function guestState(g: Guest, now: string): 'open' | 'waiting' | 'used' | 'revoked' | 'expired' {
  if (g.revokedAt) return 'revoked'
  if (g.usedAt) return g.admittedAt ? 'used' : 'waiting'
  return Date.parse(g.expiresAt) <= Date.parse(now) ? 'expired' : 'open'
}
