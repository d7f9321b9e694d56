import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Emergency } from '../../api/cases'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { sessionStore } from '../../app/sessionStore'
import { today } from '../../dates/today'
import { EmergencyMonthPage } from './EmergencyMonthPage'
import { lastMonths } from './lastMonths'

const emergency = (part: Partial<Emergency> = {}): Emergency => ({
  id: 'e1',
  caseId: 'c1',
  number: 'K2026-0001',
  agencyId: 'a2',
  agency: '北部福祉事務所',
  persons: ['p1', 'p2'],
  count: 2,
  items: ['health'],
  basis: 'life',
  basisLabel: '生命・身体・財産の保護',
  reason: '安否を確かめる。',
  byName: '事務局 一',
  at: '2026-11-10T01:00:00Z',
  ends: '2026-11-11T01:00:00Z',
  confirmedName: '',
  confirmedAt: null,
  endedAt: null,
  live: false,
  lapsed: true,
  mayConfirm: false,
  ...part,
})

let asked: (string | null)[] = []
let answer: Emergency[] = []
const real = window.fetch

beforeEach(() => {
  asked = []
  answer = [
    emergency(),
    emergency({ id: 'e2', lapsed: false, confirmedName: '所管 二', confirmedAt: '2026-11-10T02:00:00Z' }),
  ]
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL) => {
    const url = new URL(String(input), location.href)
    const json = (v: unknown) => new Response(JSON.stringify(v), { headers: { 'Content-Type': 'application/json' } })
    if (url.pathname.endsWith('/api/codes')) return json({ lists: { item: [{ code: 'health', label: '健康・医療' }] } })
    if (!url.pathname.endsWith('/api/emergencies')) return json({})
    asked.push(url.searchParams.get('month'))
    const now = url.searchParams.get('month') === today().slice(0, 7)
    return json({
      emergencies: now ? answer : [],
    })
  })
})
afterEach(() => {
  window.fetch = real
})

const signedIn = (role: string) =>
  sessionStore.set({
    state: 'signed_in',
    actor: { id: 'u1', name: 'x', post: '', agencyId: 'a1', agencyName: '', roles: [role], guestMeeting: '' },
  })

test('who keeps the log sees neither reasons nor persons, and takes the same as CSV', async () => {
  signedIn('auditor')
  answer = [emergency({ caseId: '', persons: [], reason: '' })]
  await render(<EmergencyMonthPage />)
  const row = page.getByTestId('emergency-row').first()
  await expect.element(row).toHaveTextContent('K2026-0001')
  await expect.element(row).toHaveTextContent('2人：健康・医療')
  expect(row.getByRole('link').elements()).toHaveLength(0)
  await expect.element(page.getByText('理由と対象者は、ケースを担当する')).toBeVisible()
  await expect.element(page.getByRole('columnheader', { name: '根拠', exact: true })).toBeVisible()
  await expect
    .element(page.getByTestId('emergency-csv'))
    .toHaveAttribute('href', expect.stringMatching(`/api/emergencies/export\\?month=${today().slice(0, 7)}$`))
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect(result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)).toEqual([])
})

test('the month is shown with what nobody confirmed, and another month can be chosen by keyboard', async () => {
  signedIn('city')
  await render(<EmergencyMonthPage />)
  await expect.element(page.getByTestId('emergency-row').first()).toHaveTextContent('K2026-0001')
  await expect.element(page.getByTestId('emergency-row').first()).toHaveTextContent('北部福祉事務所')
  await expect.element(page.getByTestId('emergency-row').first()).toHaveTextContent('2人：健康・医療')
  await expect.element(page.getByTestId('emergency-row').first()).toHaveTextContent('確認なし')
  await expect.element(page.getByTestId('emergency-row').nth(1)).toHaveTextContent('所管 二')
  await expect.element(page.getByRole('status')).toHaveTextContent('2件（うち確認なし1件）')
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect(result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)).toEqual([])
  const before = lastMonths(today(), 2)
  await userEvent.selectOptions(page.getByTestId('emergency-month'), before[1] ?? '')
  await expect.element(page.getByRole('status')).toHaveTextContent('この月の緊急開示はありません。')
  expect(asked).toEqual(before)
})
