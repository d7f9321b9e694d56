import type { ReviewBoard, ReviewInput, ReviewLine, Said } from '../../api/reviews'
import { today } from '../../dates/today'

const NOTHING: Said = {
  change: '',
  voice: '',
  found: '',
  view: '',
  changes: [],
  agencyChanges: [],
  endReason: '',
  after: '',
}

/** A new record: today, of the class of 支援経過, about the first person. */
export function newReview(kind: ReviewInput['kind'], board: ReviewBoard): ReviewInput {
  const personId = board.people[1]?.id ?? ''
  const verdict = kind === 'monitor' ? 'continue' : ''
  return {
    kind,
    day: today(),
    goals: [],
    verdict,
    nextDay: '',
    personId,
    item: 'progress',
    said: NOTHING,
    replaces: '',
  }
}

/** The record that takes the place of another. */
export function correctionOf(l: ReviewLine): ReviewInput {
  const { kind, day, verdict, nextDay, personId, item, said } = l
  const goals = l.goals.map(({ goal, code }) => ({ goal, code }))
  return {
    kind,
    day,
    goals,
    verdict,
    nextDay,
    personId,
    item,
    said: { ...NOTHING, ...said, changes: said.changes ?? [], agencyChanges: said.agencyChanges ?? [] },
    replaces: l.id,
  }
}
