import type { AckState } from './AckState'

const AMBER_AFTER = 5_000
const RED_AFTER = 20_000

/** What is known of the changes of one page. */
export interface AckFacts {
  pending: number
  /** When the oldest change not yet stored was made (ms); meaningful while pending > 0. */
  oldest: number
  savedAt: number
  online: boolean
  /** Since when the connection is down (ms); meaningful while offline. */
  offlineSince: number
  signedOut?: boolean
  kept?: boolean
}

/** Turns the facts into what is shown: amber after 5 s without an acknowledgement, red after 20 s. */
export function judgeAck(facts: AckFacts, now: number): AckState {
  const { pending, savedAt, online } = facts
  const waited = pending > 0 ? now - facts.oldest : online ? 0 : now - facts.offlineSince
  const tone = waited > RED_AFTER ? (pending > 0 ? 'red' : 'amber') : waited > AMBER_AFTER ? 'amber' : 'calm'
  const state = pending === 0 ? 'saved' : online && waited <= AMBER_AFTER ? 'sending' : 'unsent'
  return { state, pending, savedAt, online, tone, signedOut: facts.signedOut ?? false, kept: facts.kept ?? false }
}
