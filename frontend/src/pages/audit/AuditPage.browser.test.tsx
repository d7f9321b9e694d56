import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { AuditLine, AuditOptions } from '../../api/audit'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { words } from '../../words'
import { AuditPage } from './AuditPage'

const options: AuditOptions = {
  users: [{ id: 'u1', label: '山田 太郎（地域包括）' }],
  agencies: [{ id: 'a1', label: '地域包括' }],
  verbs: [{ id: 'case.open', label: 'ケースを開いた' }],
  settings: { from: '08:30', to: '17:15', officeDays: true, perHour: 10, perDay: 30 },
}
const line = (n: number): AuditLine => ({
  id: `e${n}`,
  at: '2026-06-10T03:00:00Z',
  actorId: 'u1',
  actor: '山田 太郎',
  post: '主任',
  agency: '地域包括',
  verb: 'case.open',
  verbLabel: 'ケースを開いた',
  caseNumber: `K2026-${n}`,
  what: '',
  result: n % 2 ? 'ok' : 'denied',
  resultLabel: n % 2 ? '成功' : '拒否',
  reasonLabel: n % 2 ? '' : '同意範囲外',
  ip: '192.0.2.1',
  session: 'abc',
})

type Asked = { path: string; body: Record<string, unknown> }
let asked: Asked[] = []
const real = window.fetch

beforeEach(() => {
  asked = []
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const path = new URL(String(input), location.href).pathname.replace(/.*\/api/, '')
    const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {}
    asked.push({ path, body })
    const json = (v: unknown, status = 200) =>
      new Response(JSON.stringify(v), { status, headers: { 'Content-Type': 'application/json' } })
    if (path === '/audit/options') return json(options)
    if (path === '/audit/export') return new Response('\ufeff日時', { headers: { 'Content-Type': 'text/csv' } })
    if (path === '/audit/searches') return json({ hits: [{ ...line(1), part: '渡辺' }] })
    if (path === '/audit/settings') return json(body)
    if (body.case === 'K1')
      return json({ error: { kind: 'invalid', message: 'このケースIDのケースはありません。', field: 'case' } }, 422)
    if (path === '/audit/hours') return json({ lines: [], next: body.after ? '' : 'k' })
    return json(body.after ? { lines: [line(3)], next: '' } : { lines: [line(1), line(2)], next: 'k' })
  })
})
afterEach(() => {
  window.fetch = real
})

const open = async (tab: string) => {
  await render(<AuditPage />)
  await page.getByTestId(`tab-${tab}`).click()
  if (tab !== 'entries') asked = []
}
/** Tab until something has the focus; a walk that does not come there fails. */
const tabTo = async (testid: string) => {
  for (let i = 0; i < 60; i++) {
    if (document.activeElement?.getAttribute('data-testid') === testid) return
    await userEvent.keyboard('{Tab}')
  }
  throw new Error(`${testid} was not reached`)
}
const last = (path: string) => asked.filter(a => a.path === path).at(-1)?.body

test('by the keyboard alone: a filter, its error, further pages, another tab', async () => {
  await open('entries')
  await expect.element(page.getByTestId('audit-count')).toHaveTextContent(words.audit.count(2, true))
  await expect.element(page.getByTestId('audit-lines')).toHaveTextContent('K2026-1')
  await expect.element(page.getByTestId('audit-lines')).toHaveTextContent('理由：同意範囲外')

  await tabTo('audit-case')
  await userEvent.keyboard('K1{Enter}')
  await expect.element(page.getByRole('alert')).toHaveTextContent('このケースIDのケースはありません。')
  await expect.element(page.getByTestId('audit-case')).toHaveAttribute('aria-invalid', 'true')
  await userEvent.keyboard('{End}{Backspace}{Backspace}')
  await tabTo('audit-verb')
  await userEvent.keyboard('{ArrowDown}')
  await tabTo('audit-find')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => last('/audit/entries')?.verb).toBe('case.open')

  await tabTo('audit-more')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('audit-count')).toHaveTextContent(words.audit.count(3, false))
  expect(last('/audit/entries')?.after).toBe('k')

  document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
  for (let i = 0; i < 5; i++) await userEvent.keyboard('{ArrowRight}')
  await expect.element(page.getByTestId('tab-searches')).toHaveAttribute('aria-selected', 'true')
  await tabTo('audit-name')
  await userEvent.keyboard('渡辺{Enter}')
  await expect.element(page.getByTestId('audit-lines')).toHaveTextContent('渡辺')
  expect(last('/audit/searches')?.q).toBe('渡辺')
})

test('a search that has not looked at everything says so and goes on', async () => {
  await open('hours')
  await expect.element(page.getByTestId('audit-find')).toBeVisible()
  expect(asked).toEqual([])
  await tabTo('audit-find')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(words.audit.noneYet)).toBeVisible()
  await tabTo('audit-more')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('audit-count')).toHaveTextContent(words.audit.none)
})

test('the file is asked for with what the filter says', async () => {
  await open('entries')
  await tabTo('audit-csv')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('audit-count')).toHaveTextContent(words.audit.csvDone)
  expect(Object.keys(last('/audit/export') ?? {})).toContain('from')
})

test('settings are kept and the reports say them', async () => {
  await open('settings')
  await tabTo('setting-hour')
  await userEvent.keyboard('{End}{Backspace}{Backspace}３')
  await tabTo('setting-save')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(words.audit.saved)).toBeVisible()
  expect(last('/audit/settings')?.perHour).toBe(3)
})

test.each(['entries', 'seen', 'searches', 'settings'])('%s passes axe', async tab => {
  await open(tab)
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect(result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)).toEqual([])
})
