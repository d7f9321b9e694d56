import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Glass } from '../../api/glass'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { GlassAlarm } from '../../app/GlassAlarm'
import { GlassBreakPage } from './GlassBreakPage'
import { GlassGuard } from './GlassGuard'
import { GlassListPage } from './GlassListPage'

const glass = (part: Partial<Glass> = {}): Glass => ({
  id: 'g1',
  caseId: 'c1',
  number: 'K2026-0001',
  userId: 'u1',
  userName: '夜間 守',
  basis: 'life',
  basisLabel: '生命・身体・財産の保護',
  reason: '安否を確かめる。',
  at: '2026-06-10T15:00:00Z',
  until: '2026-06-10T16:00:00Z',
  ends: '2026-06-10T16:00:00Z',
  live: false,
  reviewedName: '',
  finding: '',
  findingLabel: '',
  note: '',
  mayEnd: false,
  mayReview: true,
  ...part,
})

let own: Glass[] = []
let asked: { path: string; body: unknown }[] = []
const real = window.fetch

beforeEach(() => {
  own = []
  asked = []
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const path = new URL(String(input), location.href).pathname.replace(/.*\/api/, '')
    if (init?.body) asked.push({ path, body: JSON.parse(String(init.body)) })
    const json = (v: unknown, status = 200) =>
      new Response(JSON.stringify(v), { status, headers: { 'Content-Type': 'application/json' } })
    if (path === '/glass/alarm') return json({ alarms: [glass({ live: true })] })
    if (path === '/glass/own') return json({ glasses: own })
    if (path === '/glass' && init?.method === 'POST')
      return json({ error: { kind: 'invalid', message: '根拠を選んでください。', field: 'basis' } }, 422)
    if (path === '/glass')
      return json({ glasses: [glass(), glass({ id: 'g2', mayReview: false, live: true, mayEnd: true })] })
    return json({})
  })
})
afterEach(() => {
  window.fetch = real
})

const soon = () => glass({ live: true, ends: new Date(Date.now() + 2000).toISOString() })
const sound = async () => {
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect(result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)).toEqual([])
}

test('what is read goes from the screen by itself when the time is over', async () => {
  await render(<GlassGuard glass={soon()}>髙橋 直子</GlassGuard>)
  await expect.element(page.getByText('髙橋 直子')).toBeVisible()
  await expect.element(page.getByTestId('glass-left')).toHaveTextContent(/残り[12]秒/)
  await expect.element(page.getByTestId('glass-over'), { timeout: 5000 }).toBeVisible()
  expect(document.body.textContent).not.toContain('髙橋 直子')
})

test('and when it is ended; without a glass nothing stands over the page', async () => {
  const far = glass({ live: true, ends: new Date(Date.now() + 1800_000).toISOString() })
  const screen = await render(<GlassGuard glass={far}>髙橋 直子</GlassGuard>)
  await expect.element(page.getByTestId('glass-left')).toHaveTextContent('残り30分')
  await sound()
  await userEvent.click(page.getByTestId('glass-end'))
  await expect.element(page.getByTestId('glass-over')).toBeVisible()
  expect(document.body.textContent).not.toContain('髙橋 直子')
  expect(asked).toEqual([{ path: '/glass/g1/end', body: {} }])
  await screen.unmount()
  await render(<GlassGuard glass={null}>髙橋 直子</GlassGuard>)
  await expect.element(page.getByText('髙橋 直子')).toBeVisible()
  expect(document.querySelector('[data-testid=glass-banner]')).toBeNull()
})

test('the alarm says whose case was opened by whom, and leads to the list', async () => {
  await render(<GlassAlarm where="/cases" />)
  await expect.element(page.getByRole('alert')).toHaveTextContent(/K2026-0001：夜間 守（.*今も続いています/)
  await expect.element(page.getByTestId('glass-review-link')).toHaveAttribute('href', '/glass')
  await sound()
})

test('the form names the field that is wrong and keeps what was typed', async () => {
  await render(<GlassBreakPage />)
  await page.getByTestId('glass-number').fill('K2026-0001')
  await userEvent.click(page.getByTestId('glass-go'))
  await expect.element(page.getByTestId('glass-basis')).toHaveAttribute('aria-invalid', 'true')
  await expect.element(page.getByTestId('glass-number')).toHaveValue('K2026-0001')
  expect(asked[0]?.body).toEqual({ number: 'K2026-0001', basis: '', reason: '', minutes: 60 })
  await sound()
})

test('a review says what was found; what still lasts can be ended, not reviewed', async () => {
  await render(<GlassListPage />)
  await expect.element(page.getByTestId('glass-list')).toHaveTextContent('安否を確かめる。')
  expect(document.querySelectorAll('[data-testid=glass-review]').length).toBe(1)
  expect(document.querySelectorAll('[data-testid=glass-stop]').length).toBe(1)
  await sound()
  await userEvent.click(page.getByTestId('glass-review'))
  await page.getByTestId('glass-finding').selectOptions('improper')
  await page.getByTestId('glass-note').fill('待てた。')
  await sound()
  await userEvent.click(page.getByTestId('glass-save'))
  await expect
    .poll(() => asked.at(-1))
    .toEqual({ path: '/glass/g1/review', body: { finding: 'improper', note: '待てた。' } })
})
