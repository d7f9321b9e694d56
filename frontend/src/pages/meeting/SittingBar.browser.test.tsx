import axe from 'axe-core'
import { beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import './meeting.css'
import type { Room } from '../../api/meeting'
import { sessionStore } from '../../app/sessionStore'
import { words } from '../../words'
import { SittingBar } from './SittingBar'

let sent: { path: string; body: unknown }[]
beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['chair'] } } as never)
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ path, body: JSON.parse(String(init.body)) })
    return new Response(JSON.stringify({ status: 'draft', seq: 4 }), {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
    })
  })
})

const room = (status: string, next: string, more: object = {}) =>
  ({
    meeting: { id: 'm1' },
    status,
    you: { chair: true },
    attendance: [{ key: 'u1', form: 'room' }],
    sitting: {
      pos: 1,
      next: 'm2',
      cases: [
        { meetingId: 'm1', caseNumber: 'K2026-0001', status, statusLabel: '閉会' },
        { meetingId: 'm2', caseNumber: 'K2026-0002', status: next, statusLabel: '準備' },
      ],
    },
    ...more,
  }) as unknown as Room

const show = async (r: Room) => {
  await render(
    <main>
      <SittingBar room={r} />
    </main>,
  )
}
const button = () => page.getByTestId('next-case')

test('while the case runs the bar says where one is and offers nothing', async () => {
  await show(room('open', 'draft'))
  await expect.element(page.getByTestId('sitting-bar')).toHaveTextContent(words.sitting.pos(1, 2))
  expect(button().elements()).toEqual([])
})

test('the chair goes on with one click: 受付 of the next case begins', async () => {
  await show(room('closed', 'draft'))
  await button().click()
  await expect
    .poll(() => sent)
    .toEqual([{ path: '/api/meetings/m2/acts', body: { act: 'reception', params: {}, seq: 4 } }])
  await expect.poll(() => location.pathname).toBe('/meetings/m2')
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect(result.violations.map(v => v.id)).toEqual([])
})

test('others wait for the chair, then follow; who is remote is noted by following', async () => {
  const other = { you: { chair: false }, attendance: [{ key: 'u1', form: 'remote' }] }
  await show(room('closed', 'draft', other))
  await expect.element(page.getByTestId('sitting-bar')).toHaveTextContent(words.sitting.waits('K2026-0002'))
  expect(button().elements()).toEqual([])
  await show(room('closed', 'reception', other))
  await button().click()
  await expect.poll(() => sent).toEqual([{ path: '/api/meetings/m2/enter', body: { form: 'remote' } }])
})

test('a meeting that stands alone has no bar', async () => {
  await show(room('closed', 'draft', { sitting: null }))
  expect(page.getByTestId('sitting-bar').elements()).toEqual([])
})
