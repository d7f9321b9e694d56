import { expect, test } from 'vitest'
import type { Room } from '../../api/meeting'
import { draftFrom } from './draftFrom'
import { agendaComplete, meetingBody } from './meetingBody'

const room = {
  meeting: {
    type: { id: 'small' },
    mode: 'support',
    title: '暮らしの備え',
    plannedStart: '2026-11-23T05:30:00Z',
    plannedEnd: '2026-11-23T06:30:00Z',
    place: '第1会議室',
    form: 'hybrid',
    chairId: 'u1',
    recorderId: 'u2',
  },
  convened: { convener: '課長', basis: '社会福祉法第106条の6', reason: '近隣からの通報' },
  planId: 'p1',
  seats: [{ agencyId: 'a1' }, { agencyId: 'a4' }],
  agenda: [
    {
      id: 'x',
      title: '役割',
      purpose: 'policy',
      kind: '',
      point: 'だれが訪ねるか',
      item: 'basic',
      minutes: 15,
      state: 'carried',
    },
    { id: 'y', title: '同意範囲外', purpose: 'share', point: '', item: 'health', withheld: true },
  ],
} as unknown as Room

test('the next meeting begins with what the earlier one said, and the day is new', () => {
  const d = draftFrom(room, '2026-12-07')
  expect(agendaComplete(d.agenda ?? [])).toBe(true)
  expect(meetingBody(d, d.agencies ?? [], d.agenda ?? [])).toEqual({
    type: 'small',
    mode: 'support',
    planId: 'p1',
    title: '暮らしの備え',
    plannedStart: '2026-12-07T05:30:00.000Z',
    plannedEnd: '2026-12-07T06:30:00.000Z',
    place: '第1会議室',
    form: 'hybrid',
    convener: '課長',
    basis: '社会福祉法第106条の6',
    reason: '近隣からの通報',
    agencies: ['a1', 'a4'],
    chairId: 'u1',
    recorderId: 'u2',
    agenda: [{ title: '役割', purpose: 'policy', kind: '', point: 'だれが訪ねるか', item: 'basic', minutes: 15 }],
  })
})
