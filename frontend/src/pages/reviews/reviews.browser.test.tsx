import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { ReviewBoard, ReviewLine } from '../../api/reviews'
import { sessionStore } from '../../app/sessionStore'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { words } from '../../words'
import { ReviewsPage } from './ReviewsPage'

const said = { change: '', voice: '', found: '', view: '', changes: [], agencyChanges: [], endReason: '', after: '' }
const line: ReviewLine = {
  id: 'r1',
  kind: 'monitor',
  round: 1,
  day: '2026-11-01',
  agencyName: '社協',
  userName: '森',
  recordedAt: '2026-11-01T01:00:00Z',
  goals: [{ goal: 'g1', text: '安心して過ごせる', code: 'doing', label: '実施中' }],
  unseen: 1,
  verdict: 'continue',
  verdictLabel: '継続',
  nextDay: '2026-11-20',
  who: '本人（た）',
  personId: 'p1',
  item: 'progress',
  itemLabel: '支援経過',
  hidden: true,
  said,
  changeLabels: [],
  agencyLabels: [],
  endLabel: '',
  corrected: 0,
  mayCorrect: false,
}
const lists = {
  goal_result: [{ code: 'done', label: '達成' }],
  progress: [{ code: 'doing', label: '実施中' }],
  evaluation: [{ code: 'close', label: '終結' }],
  monitor_verdict: [{ code: 'continue', label: '継続' }],
  item: [{ code: 'progress', label: '支援経過' }],
  change: [],
  agency_change: [],
  end_reason: [{ code: '01', label: '課題が概ね解消' }],
}

let sent: Record<string, unknown>[]
const real = window.fetch
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  sent = []
  document.documentElement.lang = 'ja'
  document.title = 'x'
  const board: ReviewBoard = {
    caseNumber: 'K2026-0001',
    stage: 'supporting',
    planId: 'pl1',
    round: 1,
    goals: [{ id: 'g1', kind: 'long', text: '安心して過ごせる', due: '' }],
    due: '2026-11-20',
    daysLate: 5,
    records: [line],
    people: [
      { id: '', label: '世帯' },
      { id: 'p1', label: '本人（た）' },
    ],
    items: ['progress'],
    mayEvaluate: true,
  }
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname } = new URL(String(input), location.href)
    if (pathname === '/api/codes') return json({ lists })
    if (init?.method !== 'POST') return json(board)
    const body = JSON.parse(String(init.body))
    if (!body.goals.length)
      return json({ error: { kind: 'invalid', message: '目標のすべてについて', field: 'goals' } }, 422)
    sent.push(body)
    return new Response(null, { status: 204 })
  })
})
afterEach(() => {
  window.fetch = real
  sessionStore.set({ state: 'signed_out' })
})

test('what is due and what may be seen is shown; an 評価 says beside its field what is missing, and is sent', async () => {
  await render(
    <main>
      <ReviewsPage id="c1" />
    </main>,
  )
  await expect.element(page.getByTestId('review')).toHaveTextContent(words.reviews.hidden)
  await expect.element(page.getByTestId('review')).toHaveTextContent(words.reviews.unseen(1))
  await expect.element(page.getByText(words.reviews.late(5))).toBeInTheDocument()
  await userEvent.click(page.getByTestId('evaluation-add'))
  await userEvent.selectOptions(page.getByTestId('review-verdict'), 'close')
  await userEvent.selectOptions(page.getByTestId('review-end'), '01')
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
  await userEvent.click(page.getByTestId('review-save'))
  await expect.element(page.getByText('目標のすべてについて')).toBeInTheDocument()
  await userEvent.selectOptions(page.getByTestId('goal-g1'), 'done')
  await userEvent.click(page.getByTestId('review-save'))
  await expect.element(page.getByTestId('reviews-said')).toHaveTextContent(words.reviews.saved)
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    kind: 'evaluation',
    verdict: 'close',
    goals: [{ goal: 'g1', code: 'done' }],
    said: { endReason: '01' },
    personId: 'p1',
  })
})
