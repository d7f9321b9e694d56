import { describe, expect, it } from 'vitest'
import { guestState } from './guestState'

const link = { id: 'g', name: '', agencyId: '', post: '', expiresAt: '2026-11-23T05:00:00Z' }
const used = '2026-11-23T01:00:00Z'

describe('guestState', () => {
  it.each([
    ['open before its end', {}, '2026-11-23T04:59:59Z', 'open'],
    ['expired from its end on', {}, '2026-11-23T05:00:00Z', 'expired'],
    ['in the lobby, also after its end', { usedAt: used }, '2026-11-24T00:00:00Z', 'waiting'],
    ['let in, also after its end', { usedAt: used, admittedAt: used }, '2026-11-24T00:00:00Z', 'used'],
    ['revoked after it was used', { usedAt: used, revokedAt: used }, '2026-11-23T04:00:00Z', 'revoked'],
    ['null is not yet', { usedAt: null, revokedAt: null }, '2026-11-23T04:00:00Z', 'open'],
  ])('%s', (_, part, now, want) => {
    expect(guestState({ ...link, ...part }, now)).toBe(want)
  })
})
