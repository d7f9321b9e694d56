import { expect, test } from 'vitest'
import type { MeetingType } from '../../api/meetingTypes'
import { calledByType, firstAgenda, offersOf } from './agendaOf'

const block = (title: string, usual: boolean) => ({
  title,
  purpose: 'share',
  kind: '',
  point: `${title}の論点`,
  minutes: 15,
  usual,
})
const type = {
  id: 'x',
  agenda: [block('共有', true), block('評価', false)],
  agencies: ['a1', 'a2'],
  categories: ['minsei'],
} as unknown as MeetingType
const agency = (id: string, category: string, active = true) => ({
  id,
  name: id,
  short: id,
  category,
  city: false,
  active,
})

test('an agenda begins with the usual blocks; the others are offered until they are in it', () => {
  const agenda = firstAgenda(type)
  expect(agenda).toEqual([
    { key: 1, title: '共有', purpose: 'share', kind: '', point: '共有の論点', minutes: '15', item: 'basic' },
  ])
  expect(offersOf(type, agenda).map(b => b.title)).toEqual(['評価'])
  expect(offersOf(type, [{ ...agenda[0], title: '評価' } as never]).map(b => b.title)).toEqual(['共有'])
})

test('without a template there is one empty line, and its purpose is to be chosen', () => {
  for (const t of [undefined, { ...type, agenda: [] }])
    expect(firstAgenda(t)).toEqual([
      { key: 1, title: '', purpose: '', kind: '', point: '', minutes: '', item: 'basic' },
    ])
})

test('whom the type calls: named agencies and those of a 機関区分, active, and not members already', () => {
  const all = [
    agency('a1', 'city'),
    agency('a2', 'x'),
    agency('a3', 'minsei'),
    agency('a4', 'minsei', false),
    agency('a5', 'npo'),
  ]
  expect(calledByType(type, all, [{ agencyId: 'a1' }]).map(a => a.id)).toEqual(['a2', 'a3'])
  expect(calledByType(undefined, all, [])).toEqual([])
})
