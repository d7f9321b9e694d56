import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { DayVisit, OutreachDay } from '../../api/outreach'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { outbox } from '../../live/outbox'
import { words } from '../../words'
import { DayPage } from './DayPage'

const safety = {
  codes: ['dog'],
  labels: ['犬・動物'],
  note: '門の中に犬',
  version: 1,
  at: '',
  byName: '',
  byAgency: '',
}
const visit = (id: string, clock: string): DayVisit => ({
  id,
  personId: 'p1',
  who: '長男（た）',
  day: '2026-12-01',
  clock,
  worker: '森',
  daysLate: 0,
  version: 1,
  mine: true,
  caseId: `case-${id}`,
  caseNumber: `K2026-000${id}`,
  state: 'planned',
  own: true,
  safety: id === '1' ? safety : { ...safety, codes: [], labels: [], note: '' },
  last: null,
  address: '',
  addressWhy: '同意範囲外',
  addressSecret: false,
})
const lists = {
  outreach_method: [{ code: 'visit', label: '訪問' }],
  outreach_met: [
    { code: 'self', label: '本人' },
    { code: 'none', label: '会えず' },
  ],
  outreach_place: [],
  relation_stage: [],
  item: [{ code: 'progress', label: '支援経過' }],
}

let day: OutreachDay
let line = true
let kept: Record<string, unknown>[] = []
let order: string[] = []
const real = window.fetch
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  line = true
  kept = []
  order = []
  day = {
    day: '2026-12-01',
    today: '2026-12-01',
    mine: true,
    agency: '社協',
    items: ['progress'],
    visits: [visit('1', '10:00'), visit('2', '')],
    overdue: [],
  }
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname } = new URL(String(input), location.href)
    if (!line) throw new TypeError('no line')
    if (pathname === '/api/codes') return json({ lists })
    if (init?.method === 'PUT') order = (JSON.parse(String(init.body)) as { ids: string[] }).ids
    if (init?.method === 'POST') kept.push({ path: pathname, ...JSON.parse(String(init.body)) })
    return init?.method === 'GET' ? json(day) : new Response(null, { status: 204 })
  })
})
afterEach(() => {
  window.fetch = real
})

test('an entry that is written without a line waits on the device and goes once when it is back', async () => {
  await render(
    <main>
      <DayPage />
    </main>,
  )
  await expect.element(page.getByTestId('safety')).toHaveTextContent('門の中に犬')
  await expect.element(page.getByTestId('day-1')).toHaveTextContent('同意範囲外')
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])

  await userEvent.click(page.getByTestId('day-write').first())
  line = false
  await userEvent.click(page.getByTestId('entry-met-self'))
  await userEvent.click(page.getByTestId('entry-met-none')) // not together: what was ticked last counts
  await userEvent.fill(page.getByTestId('entry-body'), '留守。メモを残した。')
  await userEvent.click(page.getByTestId('entry-save'))
  await expect.element(page.getByTestId('unsent')).toHaveTextContent('留守。メモを残した。')
  await expect.element(page.getByTestId('day-said')).toHaveTextContent(words.outreach.waits)
  await expect.element(page.getByTestId('day-list')).toBeInTheDocument()

  line = true
  outbox.now()
  await expect.poll(() => page.getByTestId('unsent').elements().length).toBe(0)
  expect(kept).toHaveLength(1)
  expect(kept[0]).toMatchObject({
    path: '/api/cases/case-1/outreach',
    body: '留守。メモを残した。',
    met: ['none'],
    visitId: '1',
    personId: 'p1',
  })
})

test('the order is changed by keys and said', async () => {
  await render(<DayPage />)
  await expect.element(page.getByTestId('day-list')).toBeInTheDocument()
  const down = page.getByTestId('day-down').first().element() as HTMLElement
  down.focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('day-said')).toHaveTextContent(words.outreach.moved('K2026-0001', 2))
  expect(order).toEqual(['2', '1'])
})
