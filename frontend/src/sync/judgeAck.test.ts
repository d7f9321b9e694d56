import { expect, test } from 'vitest'
import { judgeAck } from './judgeAck'
import { PendingCount } from './PendingCount'

const now = 1_000_000
const facts = { pending: 0, oldest: 0, savedAt: 1, online: true, offlineSince: 0 }

test.each([
  ['saved', facts, 'saved', 'calm'],
  ['offline a moment', { ...facts, online: false, offlineSince: now - 1000 }, 'saved', 'calm'],
  ['offline longer', { ...facts, online: false, offlineSince: now - 60_000 }, 'saved', 'amber'],
  ['on the way', { ...facts, pending: 1, oldest: now - 4999 }, 'sending', 'calm'],
  ['late', { ...facts, pending: 1, oldest: now - 5001 }, 'unsent', 'amber'],
  ['too late', { ...facts, pending: 1, oldest: now - 20_001 }, 'unsent', 'red'],
  [
    'offline with changes',
    { ...facts, pending: 1, oldest: now - 10, online: false, offlineSince: now },
    'unsent',
    'calm',
  ],
] as const)('%s', (_name, f, state, tone) => {
  expect(judgeAck(f, now)).toMatchObject({ state, tone })
})

test('the first exchange of a connection never counts as stored before it is over', () => {
  const p = new PendingCount()
  p.opened()
  p.unacknowledged(1, 0)
  p.unacknowledged(0, 0)
  p.changed(10)
  p.changed(11)
  p.unacknowledged(2, 11)
  p.opened() // the line broke and came back
  expect(p.unacknowledged(1, 20)).toBe(false)
  expect(p.pending).toBe(2)
  expect(p.oldest).toBe(10)
  expect(p.unacknowledged(0, 21)).toBe(true)
  expect(p.pending).toBe(0)
})
