import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Joining, JoiningBoard } from '../../api/joinings'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { today } from '../../dates/today'
import { words } from '../../words'
import { JoiningPage } from './JoiningPage'

const w = words.joinings
const joining: Joining = {
  id: 'j1',
  caseId: 'c1',
  caseNumber: 'K2026-0001',
  agencyId: 'a2',
  byName: '井上 拓也',
  personId: 'p1',
  name: '山田 花',
  item: 'progress',
  itemLabel: '支援経過',
  needs: ['place'],
  needLabels: ['居場所'],
  fields: [],
  aim: '',
  aimLabel: '',
  wish: 'お茶が飲みたい',
  free: '水曜',
  district: '東部',
  agencyName: '社協',
  openedOn: '2026-10-01',
  endedOn: '',
  n: 4,
  state: 'looking',
  stateLabel: '探している',
  uses: [],
  steps: [],
  suggested: [
    {
      placeId: 's1',
      name: '海辺のサロン',
      kind: 'サロン',
      district: '東部',
      hours: '毎週水曜',
      terms: 'どなたでも',
      agencyName: '社協',
      reasons: ['種類が合う', '曜日が合う（水）'],
      full: false,
    },
  ],
  mayWrite: true,
}
const lists = {
  join_trial: [{ code: 'want', label: '続けたい' }],
  join_end: [{ code: 'wish', label: '本人の希望' }],
  join_need: [{ code: 'place', label: '居場所' }],
}

let board: JoiningBoard
let sent: [string, string, unknown][] = []
const real = window.fetch
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  sent = []
  board = {
    people: [{ id: 'p1', name: '山田 花', items: ['basic', 'progress'] }],
    joinings: [joining],
    items: [
      { item: 'health', label: '健康・医療' },
      { item: 'progress', label: '支援経過' },
    ],
  }
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname } = new URL(String(input), location.href)
    if (pathname === '/api/codes') return json({ lists })
    if (pathname === '/api/places/search') return json({ places: [], pages: 1 })
    if (!init?.method || init.method === 'GET') return json(board)
    sent.push([init.method, pathname, JSON.parse(String(init.body))])
    return new Response(null, { status: 204 })
  })
})
afterEach(() => {
  window.fetch = real
})

test('a place that fits says why, and a visit there is recorded with the state it was seen in', async () => {
  await render(
    <main>
      <JoiningPage id="c1" />
    </main>,
  )
  await expect.element(page.getByTestId('joining-suggested')).toHaveTextContent('曜日が合う（水）')
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
  await page.getByTestId('try-s1').click()
  await expect.element(page.getByTestId('step-place')).toHaveValue('s1')
  await userEvent.selectOptions(page.getByTestId('step-outcome'), 'want')
  await page.getByTestId('step-save').click()
  await expect.element(page.getByTestId('joining-said')).toHaveTextContent(w.kept)
  expect(sent).toEqual([
    [
      'POST',
      '/api/cases/c1/joinings/j1/steps',
      { kind: 'trial', placeId: 's1', day: today(), method: '', outcome: 'want', body: '', n: 4 },
    ],
  ])
})

test('only the classes one sees of a person can be chosen, and who may not write finds no button', async () => {
  board.joinings = [{ ...joining, mayWrite: false, suggested: [] }]
  await render(<JoiningPage id="c1" />)
  await expect.element(page.getByTestId('joining-new')).toBeInTheDocument()
  expect(page.getByTestId('step-add').elements()).toHaveLength(0)
  expect(page.getByTestId('joining-missing').elements()).toHaveLength(0)
  await page.getByTestId('joining-new').click()
  const item = page.getByTestId('wish-item')
  await expect.element(item).toHaveTextContent('支援経過')
  await expect.element(item).not.toHaveTextContent('健康・医療')
})
