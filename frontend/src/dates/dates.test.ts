import { expect, test } from 'vitest'
import { jstInstant } from './jstInstant'
import { parseDate } from './parseDate'
import { showDate } from './showDate'
import { showInstant } from './showInstant'

test.each([
  ['R8.4.1', '2026-04-01'],
  ['令和8年4月1日', '2026-04-01'],
  ['2026/4/1', '2026-04-01'],
  ['2026-04-01', '2026-04-01'],
  ['２０２６／４／１', '2026-04-01'],
  ['20260401', '2026-04-01'],
  ['令和元年5月1日', '2019-05-01'],
  ['Ｒ８．４．１', '2026-04-01'],
  ['昭和64年1月7日', '1989-01-07'],
  ['昭和64年1月8日', null],
  ['平成31年4月30日', '2019-04-30'],
  ['令和元年4月30日', null],
  ['2026/2/29', null],
  ['R8.13.1', null],
  ['8/4/1', null],
  ['', null],
  ['あした', null],
])('%s is read as %s', (text, want) => expect(parseDate(text)).toBe(want))

test('every day of 1873–2039 reads back, and equals the calendar of the platform', () => {
  const format = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' })
  for (let t = Date.UTC(1873, 0, 1); t < Date.UTC(2040, 0, 1); t += 86_400_000 * 3) {
    const iso = new Date(t).toISOString().slice(0, 10)
    const shown = showDate(iso, 'wareki')
    expect(shown).toBe(format.format(t))
    expect(parseDate(shown)).toBe(iso)
    expect(parseDate(showDate(iso, 'short'))).toBe(iso)
  }
})

test('times are those of Japan', () => {
  expect(showInstant('2026-11-22T15:30:00Z', 'wareki')).toBe('令和8年11月23日（月）00:30')
  expect(jstInstant('2026-11-23', '00:30')).toBe('2026-11-22T15:30:00.000Z')
  expect(showDate('1944-05')).toBe('1944-05')
})
