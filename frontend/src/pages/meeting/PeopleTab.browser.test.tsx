import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { sessionStore } from '../../app/sessionStore'
import { PeopleTab } from './PeopleTab'

const line = (key: string, form: string, more: object = {}) => ({
  key,
  name: key,
  post: '',
  agencyId: 'a1',
  agencyName: '社協',
  form,
  proxy: '',
  guest: false,
  manual: false,
  absent: false,
  spans: [{ from: '2026-11-23T01:00:00Z' }],
  ...more,
})

test('one puts the own 出席のしかた right, and nobody else’s', async () => {
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['agency'] } } as never)
  const calls: [string, string][] = []
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    calls.push([String(url), String(init?.body ?? '')])
    return new Response(null, { status: 204 })
  })
  const reload = vi.fn(async () => {})
  const room = {
    meeting: { id: 'm1', caseId: 'c1' },
    status: 'open',
    you: {},
    during: { conference: '' },
    seats: [],
    attendance: [line('u1', 'room'), line('u2', 'room'), line('u3', 'room', { spans: [] })],
    acts: [],
  } as unknown as Room
  await render(<PeopleTab room={room} act={async () => {}} reload={reload} />)
  expect(page.getByTestId('own-form').all()).toHaveLength(1)
  await expect.element(page.getByTestId('own-form')).toHaveTextContent('「遠隔」に直す')
  await page.getByTestId('own-form').click()
  await vi.waitFor(() => expect(reload).toHaveBeenCalled())
  expect(calls.filter(c => c[0].includes('/enter'))).toEqual([['/api/meetings/m1/enter', '{"form":"remote"}']])
  const rows = page.getByTestId('attendance').element().querySelectorAll('tbody tr')
  expect(rows[2]?.textContent).not.toContain('会場')
})

test('who runs the meeting takes 出席簿 and 守秘義務確認書, to be signed before 閉会 and of who was there from 受付 on', async () => {
  const links = async (status: string, you: object, actor: object = {}, paper = 'attendance') => {
    sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['secretariat'], ...actor } } as never)
    vi.spyOn(window, 'fetch').mockImplementation(async () => Response.json({ guests: [] }))
    const room = {
      meeting: { id: 'm1', caseId: 'c1' },
      status,
      you,
      during: { conference: '' },
      seats: [],
      guests: [],
      attendance: [],
      acts: [],
    }
    const seen = await render(<PeopleTab room={room as unknown as Room} act={async () => {}} reload={async () => {}} />)
    const out = [...seen.container.querySelectorAll(`a[href*="${paper}.pdf"]`)].map(a => a.getAttribute('href'))
    await seen.unmount()
    return out
  }
  const filled = '/api/meetings/m1/attendance.pdf'
  expect(await links('draft', { holder: true })).toEqual([`${filled}?blank=1`])
  expect(await links('reception', { recorder: true })).toEqual([`${filled}?blank=1`, filled])
  expect(await links('sealed', { chair: true })).toEqual([filled])
  expect(await links('cancelled', { holder: true })).toEqual([])
  expect(await links('open', {})).toEqual([])
  expect(await links('open', { holder: true }, { noCopies: true })).toEqual([])
  const sworn = '/api/meetings/m1/secrecy.pdf'
  expect(await links('draft', { holder: true }, {}, 'secrecy')).toEqual([`${sworn}?blank=1`])
  expect(await links('open', { recorder: true }, {}, 'secrecy')).toEqual([`${sworn}?blank=1`, sworn])
  expect(await links('sealed', { chair: true }, {}, 'secrecy')).toEqual([sworn])
  expect(await links('open', {}, {}, 'secrecy')).toEqual([])
})
