import { expect, test } from 'vitest'
import type { MeetingRef } from '../../api/meeting'
import { groupMeetings } from './groupMeetings'

test('a 開催 is one block in its order; the others stand alone', () => {
  const ref = (id: string, sitting?: string, pos?: number) => ({ id, sitting, pos }) as MeetingRef
  const list = [ref('a'), ref('b', 's1', 2), ref('c', 's2', 1), ref('d', 's1', 1), ref('e')]
  expect(groupMeetings(list).map(b => b.map(m => m.id))).toEqual([['a'], ['d', 'b'], ['c'], ['e']])
})
