import { expect, test } from 'vitest'
import { parseMoment } from './parseMoment'
import { showMoment, yearsBetween } from './showMoment'

test.each([
  ['1998', '1998'],
  ['平成10年', '1998'],
  ['Ｈ１０', '1998'],
  ['平成10年頃', '1998'],
  ['H10.4', '1998-04'],
  ['平成10年4月', '1998-04'],
  ['1998年4月', '1998-04'],
  ['1998-04', '1998-04'],
  ['1998/4', '1998-04'],
  ['昭和元年', '1926'],
  ['平成10年4月1日', '1998-04-01'],
  ['昭和65年', null],
  ['令和元年4月', null],
  ['平成31年4月', '2019-04'],
  ['1998-13', null],
  ['98', null],
  ['19984', null],
  ['むかし', null],
  ['', null],
])('%s is read as %s', (text, want) => expect(parseMoment(text)).toBe(want))

test('a moment is shown in both calendars and reads back', () => {
  expect(showMoment('1998')).toBe('平成10年（1998年）')
  expect(showMoment('1998-04')).toBe('平成10年4月（1998年）')
  expect(showMoment('2019-04')).toBe('平成31年4月（2019年）')
  expect(showMoment('2019')).toBe('令和元年（2019年）')
  expect(showMoment('1998-04-01')).toBe('平成10年4月1日（1998年）')
  for (const m of ['1926', '1989', '2019', '2019-05', '1950-12'])
    expect(parseMoment(showMoment(m).replace(/（.*/, ''))).toBe(m)
})

test('an age counts whole years', () => {
  expect(yearsBetween('1944', '1998')).toBe(54)
  expect(yearsBetween('1944-05-03', '1998-05-02')).toBe(53)
  expect(yearsBetween('1944-05-03', '1998-05')).toBe(54)
  expect(yearsBetween('1944-05', '1998-04-30')).toBe(53)
  expect(yearsBetween('1998', '1944')).toBeNull()
  expect(yearsBetween('', '1944')).toBeNull()
})
