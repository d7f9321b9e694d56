import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { LocalIssue, LocalIssueList } from '../../api/localIssues'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { words } from '../../words'
import { LocalIssuesPage } from './LocalIssuesPage'

const issue = (id: string, text: string, theme: string, state: string): LocalIssue => ({
  id,
  meetingId: `m-${id}`,
  meeting: '重層的支援会議　第1回',
  day: '2026-11-20',
  text,
  theme,
  state,
})

let answer: LocalIssueList
let sent: [string, unknown][] = []
const real = window.fetch

beforeEach(() => {
  sent = []
  answer = {
    issues: [issue('n1', '夜のバスがない', 'transport', 'open'), issue('n2', '往診する医師がいない', '', 'looking')],
    counts: { transport: 1, '': 1 },
    themes: [
      { code: 'transport', label: '移動・交通' },
      { code: 'care', label: '医療・介護・障害福祉' },
    ],
    states: [
      { code: 'open', label: '未着手' },
      { code: 'looking', label: '検討中' },
    ],
    maySort: true,
    places: { n1: [{ id: 'p1', name: '夜の送迎の会', state: 'preparing', stateLabel: '準備中' }] },
  }
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input), location.href)
    if (init?.method === 'PUT') {
      const to = JSON.parse(String(init.body)) as { theme: string; state: string }
      sent.push([url.pathname, to])
      answer = { ...answer, issues: answer.issues.map(i => (url.pathname.endsWith(i.id) ? { ...i, ...to } : i)) }
      return new Response(null, { status: 204 })
    }
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
})

test('who holds the record sorts an issue in its line, and the list is narrowed by theme', async () => {
  await render(
    <main>
      <LocalIssuesPage />
    </main>,
  )
  await expect.element(page.getByTestId('issue-counts')).toHaveTextContent('移動・交通 1')
  await expect.element(page.getByRole('link', { name: '夜の送迎の会' })).toHaveAttribute('href', '/places/p1')
  await expect.element(page.getByTestId('issue-make-n2')).toHaveAttribute('href', '/places/new/m-n2/n2')
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])

  await userEvent.selectOptions(page.getByTestId('issue-theme-n2'), 'care')
  await expect.element(page.getByTestId('issues-said')).toHaveTextContent(words.localIssues.kept)
  expect(sent).toEqual([['/api/meetings/m-n2/local-issues/n2', { theme: 'care', state: 'looking' }]])
  await expect.element(page.getByTestId('issue-theme-n2')).toHaveValue('care')

  await userEvent.selectOptions(page.getByTestId('issues-theme'), 'care')
  await expect.element(page.getByTestId('issue-n2')).toBeInTheDocument()
  expect(page.getByTestId('issue-n1').elements()).toHaveLength(0)
})

test('others read the list without a choice', async () => {
  answer.maySort = false
  await render(<LocalIssuesPage />)
  await expect.element(page.getByTestId('issue-n1')).toHaveTextContent('移動・交通')
  await expect.element(page.getByTestId('issue-n2')).toHaveTextContent(words.localIssues.unsorted)
  expect(page.getByTestId('issue-n1').getByRole('combobox').elements()).toHaveLength(0)
  expect(page.getByTestId('issue-make-n1').elements()).toHaveLength(0)
})
