import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { DecisionLine, Decisions } from '../../api/decisions'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { words } from '../../words'
import { DecisionsCard } from './DecisionsCard'

const line = (part: Partial<DecisionLine> = {}): DecisionLine => ({
  id: 'd1',
  note: '初回プランによる支援を決定してよいか',
  steps: ['係長', '課長'],
  byName: '事務 花子',
  byPost: '主任',
  at: '2026-06-01T01:00:00Z',
  state: 'open',
  stateLabel: '決裁中',
  marks: [{ n: 1, verdict: 'approve', reason: '', byName: '係 一郎', byPost: '係長', at: '2026-06-01T02:00:00Z' }],
  step: '課長',
  mayMark: true,
  mayVoid: false,
  past: false,
  ...part,
})

let shown: Decisions
let sent: { url: string; body: unknown }[]
const real = window.fetch

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  window.fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    if (init?.method === 'POST') {
      sent.push({ url: String(url), body: JSON.parse(String(init.body)) })
      return new Response(null, { status: 204 })
    }
    return new Response(JSON.stringify(shown), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
})

const show = () =>
  render(
    <main>
      <DecisionsCard caseId="c1" version={4} />
    </main>,
  )

test('a 起案 is returned with a reason only, and approved at the step that was seen', async () => {
  shown = { steps: ['係長', '課長'], decisions: [line()], mayDraft: false, decided: false }
  await show()
  await expect.element(page.getByTestId('decision')).toHaveTextContent(words.decisions.turn('課長'))
  await expect.element(page.getByTestId('decision-return')).toHaveAttribute('aria-disabled', 'true')
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await page.getByTestId('decision-reason').fill('期間を足す')
  await page.getByTestId('decision-return').click()
  await expect.poll(() => sent.length).toBe(1)
  await page.getByTestId('decision-reason').fill('')
  await page.getByTestId('decision-approve').click()
  await expect.poll(() => sent.length).toBe(2)
  expect(sent).toEqual([
    { url: '/api/cases/c1/decisions/d1', body: { n: 2, verdict: 'return', reason: '期間を足す' } },
    { url: '/api/cases/c1/decisions/d1', body: { n: 2, verdict: 'approve', reason: '' } },
  ])
})

test('a 起案 is made with what is to be decided; where no 決裁 is needed there is nothing to see', async () => {
  shown = { steps: ['課長'], decisions: [], mayDraft: true, decided: false }
  const first = await show()
  await expect.element(page.getByTestId('decision-draft')).toHaveAttribute('aria-disabled', 'true')
  await page.getByTestId('decision-note').fill('支援を始める')
  await page.getByTestId('decision-draft').click()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]).toEqual({ url: '/api/cases/c1/decisions', body: { note: '支援を始める' } })
  await first.unmount()
  shown = { steps: [], decisions: [], mayDraft: false, decided: true }
  await show()
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  expect(document.querySelector('[data-testid=decisions]')).toBeNull()
})
