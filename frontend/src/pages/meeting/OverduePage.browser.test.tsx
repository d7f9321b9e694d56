import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { OverdueLine, OverdueList } from '../../api/overdue'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { words } from '../../words'
import { OverduePage } from './OverduePage'

const line = (part: Partial<OverdueLine> = {}): OverdueLine => ({
  caseId: 'c1',
  caseNumber: 'K2026-0001',
  meetingId: 'm1',
  meeting: '重層的支援会議　第2回',
  docId: 'd1',
  row: 'home000001',
  agencyName: '東部包括',
  who: '中村',
  due: '2026-11-20',
  days: 10,
  text: '鍵の預け先を聞く',
  statusLabel: '実施中',
  mine: false,
  ...part,
})

let answer: OverdueList
const real = window.fetch

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(
    async () => new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } }),
  )
})
afterEach(() => {
  window.fetch = real
})

test('each line says whose it is, how late, and where it is ticked', async () => {
  const own = line({
    row: 'home000002',
    caseId: '',
    mine: true,
    who: '',
    agencyName: '消防',
    text: '',
    due: '2026-11-29',
    days: 1,
  })
  answer = { lines: [line(), own], more: true }
  await render(
    <main>
      <OverduePage />
    </main>,
  )
  const first = page.getByTestId('overdue-home000001')
  await expect.element(first).toHaveTextContent('東部包括 中村')
  await expect.element(first).toHaveTextContent('令和8年11月20日')
  await expect.element(first).toHaveTextContent(words.overdue.days(10))
  await expect.element(first.getByRole('link', { name: 'K2026-0001' })).toHaveAttribute('href', '/cases/c1')
  await expect.element(first.getByRole('link', { name: /第2回/ })).toHaveAttribute('href', '/meetings/m1')
  await expect.element(first).not.toHaveTextContent(words.overdue.mine)
  const second = page.getByTestId('overdue-home000002')
  await expect.element(second).toHaveTextContent(words.overdue.mine)
  await expect.element(second).toHaveTextContent(words.overdue.noText)
  expect(second.getByRole('link').elements()).toHaveLength(1) // no way into a case that is not the reader's
  await expect.element(page.getByTestId('overdue-count')).toHaveTextContent(words.overdue.count(2, 1))
  await expect.element(page.getByTestId('overdue-more')).toHaveTextContent(words.overdue.more)
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
})

test('nothing late is said, and no empty table is shown', async () => {
  answer = { lines: [], more: false }
  await render(<OverduePage />)
  await expect.element(page.getByTestId('overdue-count')).toHaveTextContent(words.overdue.none)
  expect(page.getByTestId('overdue-list').elements()).toHaveLength(0)
  expect(page.getByTestId('overdue-more').elements()).toHaveLength(0)
})
