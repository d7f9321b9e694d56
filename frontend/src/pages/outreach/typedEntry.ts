import type { EntryInput, OutreachLine } from '../../api/outreach'
import { jstInstant } from '../../dates/jstInstant'
import { jstParts } from '../../dates/jstParts'

/** An entry as it stands in the form: day and clock by themselves. */
export interface TypedEntry extends Omit<EntryInput, 'at'> {
  day: string
  time: string
}

/** A new entry: now, of the class of 支援経過, the next one for oneself. */
export function newEntry(personId: string, visitId = '', kind: TypedEntry['kind'] = 'outreach'): TypedEntry {
  const { date, time } = jstParts(Date.now())
  return {
    kind,
    target: '',
    nextStep: '',
    personId,
    item: 'progress',
    day: date,
    time,
    method: kind === 'course' ? '' : 'visit',
    met: [],
    place: '',
    body: '',
    relation: '',
    replaces: '',
    visitId,
    nextDay: '',
    nextClock: '',
    nextMine: true,
  }
}

/** The entry that takes the place of another. */
export function correctionOf(l: OutreachLine): TypedEntry {
  const { date, time } = jstParts(l.at)
  const { kind, target, nextStep, personId, item, method, met, place, body, relation } = l
  return {
    ...newEntry(personId),
    kind,
    target,
    nextStep,
    item,
    day: date,
    time,
    method,
    met,
    place,
    body,
    relation,
    replaces: l.id,
  }
}

/** What is sent of it. */
export function entryInput({ day, time, ...rest }: TypedEntry): EntryInput {
  return { ...rest, at: jstInstant(day, time) }
}
