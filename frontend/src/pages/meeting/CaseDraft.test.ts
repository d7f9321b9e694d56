import { expect, test } from 'vitest'
import { words } from '../../words'
import { newCaseDraft, type ReadyCase, sittingBody, sittingMissing } from './CaseDraft'
import { newMeetingDraft } from './MeetingDraft'

const full = (key: number, caseId: string): ReadyCase => ({
  ...newCaseDraft(key),
  caseId,
  agenda: [
    { key: 1, title: '役割', purpose: 'policy', kind: '', point: 'だれが訪問するか', minutes: '', item: 'basic' },
  ],
})
const meeting = { ...newMeetingDraft('u1', '2026-11-30'), title: '11月の会議' }

test('every 案件 needs case, time, 目的 and 論点; the first that is missing is said', () => {
  const w = words.sitting
  const line = (part: object) => [
    { key: 1, title: '役割', purpose: 'policy', kind: '', point: '論点', minutes: '', item: 'basic', ...part },
  ]
  expect(sittingMissing(meeting, [full(1, 'c1'), full(2, 'c2')])).toBeUndefined()
  expect(sittingMissing({ ...meeting, title: ' ' }, [full(1, 'c1')])).toBe(words.form.needed(words.meeting.titleField))
  expect(sittingMissing(meeting, [full(1, 'c1'), full(2, '')])).toBe(w.needCase(2))
  expect(sittingMissing(meeting, [full(1, 'c1'), full(2, 'c1')])).toBe(w.twice)
  for (const minutes of ['', '4', '481', '7.5', 'x'])
    expect(sittingMissing(meeting, [{ ...full(1, 'c1'), minutes }])).toBe(w.needMinutes(1))
  for (const part of [{ point: ' ' }, { purpose: '' }, { title: '' }, { title: '', point: '' }])
    expect(sittingMissing(meeting, [full(1, 'c1'), { ...full(2, 'c2'), agenda: line(part) }])).toBe(w.needAgenda(2))
})

test('the agenda of a new 案件 is what its type begins with', () => {
  expect(newCaseDraft(1).agenda).toBeNull()
})

test('the cases go out in their order, without what only the page knows', () => {
  const body = sittingBody({ ...meeting, reason: 'x' }, [
    full(2, 'c2'),
    { ...full(1, 'c1'), minutes: '45', planId: 'p1', agencies: ['a1'] },
  ])
  expect(body).toMatchObject({
    plannedStart: expect.stringContaining('2026-11-30'),
    reason: '',
    cases: [
      { caseId: 'c2', minutes: 30, planId: '', agencies: null },
      { caseId: 'c1', minutes: 45, planId: 'p1', agencies: ['a1'] },
    ],
  })
  expect(JSON.stringify(body)).not.toContain('"key"')
})
