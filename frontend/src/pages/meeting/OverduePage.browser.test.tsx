import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { OverdueLine, OverduePart, OverdueRole, WaitingLeads } from '../../api/overdue'
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

const role: OverdueRole = {
  caseId: 'c2',
  caseNumber: 'K2026-0002',
  planId: 'p2',
  round: 1,
  docId: 'd2',
  actionId: 'action0001',
  column: 'a3',
  agencyName: '東部包括',
  mark: '◎',
  codeLabel: '主担当',
  action: '週1回の訪問',
  content: '訪問する',
  who: '',
  due: '2026-11-10',
  days: 20,
  mine: true,
}

const none = { lines: [], looked: 0, total: 0, next: '' }
let tasks: OverduePart<OverdueLine>[]
let roles: OverduePart<OverdueRole>
let leads: WaitingLeads
let asked: string[]
const real = window.fetch

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  tasks = [none]
  roles = none
  leads = { lines: [], more: false }
  asked = []
  window.fetch = vi.fn(async (url: RequestInfo | URL) => {
    const q = new URL(String(url), 'http://x').searchParams
    asked.push(q.toString())
    const answer =
      q.get('of') === 'roles' ? roles : q.get('of') === 'leads' ? leads : q.get('after') ? tasks[1] : tasks[0]
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
})

test('each line says whose it is, how late, and where it is ticked; older meetings come by a button that says how many there are', async () => {
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
  tasks = [
    { lines: [own], looked: 200, total: 350, next: '17.m' },
    { lines: [line()], looked: 150, total: 350, next: '' },
  ]
  roles = { lines: [role], looked: 1, total: 1, next: '' }
  leads = {
    lines: [
      {
        caseId: 'c3',
        caseNumber: 'K2026-0003',
        offerId: 'o1',
        kindLabel: '主担当機関',
        fromName: '社協',
        toName: '東部包括',
        at: '2026-11-20T01:00:00Z',
        stateLabel: '持ち帰り',
        due: '2026-11-25',
        late: true,
        mine: true,
      },
    ],
    more: false,
  }
  await render(
    <main>
      <OverduePage />
    </main>,
  )
  await expect.element(page.getByTestId('overdue-more-tasks')).toHaveTextContent(words.overdue.looked(200, 350))
  await page.getByRole('button', { name: words.overdue.more(150) }).click()
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
  expect(
    [...page.getByTestId('overdue-list').element().querySelectorAll('tbody tr')].map(r =>
      r.getAttribute('data-testid'),
    ),
  ).toEqual(['overdue-home000001', 'overdue-home000002']) // by term, whatever page they came with
  await expect.element(page.getByTestId('overdue-count')).toHaveTextContent(words.overdue.count(2, 1))
  expect(page.getByTestId('overdue-more-tasks').elements()).toHaveLength(0) // all are looked through
  expect(asked).toContain('of=tasks&after=17.m')
  await expect.element(page.getByTestId('role-action0001-a3')).toHaveTextContent(words.overdue.mineRole)
  await expect
    .element(page.getByTestId('role-action0001-a3').getByRole('link', { name: '初回プラン' }))
    .toHaveAttribute('href', '/plans/p2')
  await expect.element(page.getByTestId('waiting-o1')).toHaveTextContent(words.overdue.late)
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
})

test('nothing late is said, and no empty table is shown', async () => {
  await render(<OverduePage />)
  await expect.element(page.getByTestId('overdue-count')).toHaveTextContent(words.overdue.none)
  await expect.element(page.getByTestId('roles-count')).toHaveTextContent(words.overdue.rolesNone)
  for (const id of ['overdue-list', 'roles-list', 'waiting-leads', 'overdue-more-tasks', 'overdue-more-roles'])
    expect(page.getByTestId(id).elements()).toHaveLength(0)
})
