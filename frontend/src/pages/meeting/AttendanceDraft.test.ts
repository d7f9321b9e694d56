import { describe, expect, it } from 'vitest'
import type { Attendee } from '../../api/meeting'
import { attendanceDraft, attendanceParams } from './AttendanceDraft'

const line: Attendee = {
  key: 'u1',
  name: '名',
  kana: '',
  post: '',
  agencyId: 'a',
  agencyName: '機関',
  form: 'remote',
  guest: false,
  manual: false,
  absent: false,
  proxy: '',
  spans: [
    { from: '2026-11-23T01:00:20Z', to: '2026-11-23T01:20:00Z' },
    { from: '2026-11-23T01:30:00Z', to: '2026-11-23T02:10:40Z' },
  ],
}
const params = (part: object, of?: Attendee) =>
  attendanceParams({ ...attendanceDraft(of, Date.parse('2026-11-23T03:00:00Z')), ...part }, of, '2026-11-23')

describe('attendanceParams', () => {
  it('keeps every coming and going when no time was touched', () => {
    expect(params({ post: '主査', reason: '職の訂正' }, line)).toMatchObject({
      key: 'u1',
      from: null,
      to: null,
      form: 'remote',
    })
  })
  it('keeps the seconds of the end that was not touched', () => {
    expect(params({ to: '11:30' }, line)).toMatchObject({
      from: '2026-11-23T01:00:20Z',
      to: '2026-11-23T02:30:00.000Z',
    })
  })
  it('sends no times with an absence', () => {
    expect(params({ absent: true, from: '09:00' }, line)).toMatchObject({ absent: true, from: null, to: null })
  })
  it('writes a new person with the clock of the day in Japan', () => {
    expect(params({})).toMatchObject({ key: '', from: '2026-11-23T03:00:00.000Z', to: null })
  })
  it('asks nothing about a time that was taken away', () => {
    expect(params({ to: '' }, line)).toMatchObject({ from: '2026-11-23T01:00:20Z', to: null })
  })
})
