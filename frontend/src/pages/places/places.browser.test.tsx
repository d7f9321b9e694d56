import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Place, PlaceDetail, PlacePage } from '../../api/places'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { today } from '../../dates/today'
import { words } from '../../words'
import { PlaceDetailPage } from './PlaceDetailPage'
import { NewPlacePage } from './PlaceFormPage'
import { PlacesPage } from './PlacesPage'

const w = words.places
const salon: Place = {
  id: 'p1',
  name: '海辺のサロン',
  kind: 'salon',
  fields: ['kaigo'],
  district: '東部',
  address: '',
  lat: null,
  lng: null,
  capacity: 12,
  hours: '毎週水曜',
  contact: '',
  terms: '',
  state: 'open',
  agencyId: 'a1',
  agencyName: '社協',
  note: '',
  n: 1,
  at: '2026-11-20T01:00:00Z',
  byName: '佐藤 恵',
}
const codes = {
  lists: { resource_kind: [{ code: 'salon', label: 'サロン' }], resource_field: [{ code: 'kaigo', label: '介護' }] },
}

let list: PlacePage
let detail: PlaceDetail
let sent: [string, string, unknown][] = []
let refuse: { field: string; message: string } | null
const real = window.fetch
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  sent = []
  refuse = null
  list = { places: [salon], total: 1, all: 3, pages: 1, districts: ['東部'], mayAdd: true, mayTake: false }
  detail = {
    ...salon,
    days: [
      { id: 'd1', day: '2026-11-20', children: 1, young: 0, working: 2, elder: 9, note: '秋の会', byName: '佐藤' },
    ],
    tally: [{ year: 2026, name: '令和8年度', days: 1, children: 1, young: 0, working: 2, elder: 9 }],
    links: [
      {
        id: 'l1',
        placeId: 'p1',
        caseId: '',
        caseNumber: '',
        personId: '',
        name: '',
        role: 'bearer',
        roleLabel: '担い手',
        since: '2026-11-01',
        agencyName: '社協',
        byName: '佐藤',
        result: '',
        resultLabel: 'つないだところ',
        resultOn: '',
        mayResult: true,
        n: 1,
      },
    ],
    cares: [],
    issue: '',
    keep: true,
    link: true,
  }
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname } = new URL(String(input), location.href)
    if (pathname === '/api/codes') return json(codes)
    if (pathname === '/api/agencies') return json({ agencies: [] })
    if (!init?.method || init.method === 'GET') return json(detail)
    sent.push([init.method, pathname, init.body ? JSON.parse(String(init.body)) : null])
    if (pathname === '/api/places/search') return json(list)
    if (refuse) return json({ error: { kind: 'invalid', ...refuse } }, 422)
    return new Response(null, { status: 204 })
  })
})
afterEach(() => {
  window.fetch = real
})

const sound = async () => {
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
}

test('the register is narrowed by words and choices, and says when nothing fits', async () => {
  await render(
    <main>
      <PlacesPage />
    </main>,
  )
  await expect.element(page.getByTestId('place-p1')).toHaveTextContent('海辺のサロン')
  await expect.element(page.getByTestId('places-csv')).toHaveAttribute('aria-disabled', 'true')
  await sound()
  list = { ...list, places: [], total: 0 }
  await page.getByTestId('place-q').fill('さろん')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(w.noHit)).toBeInTheDocument()
  await userEvent.selectOptions(page.getByTestId('place-district'), '東部')
  await vi.waitFor(() =>
    expect(sent.at(-1)?.[2]).toEqual({ q: 'さろん', kind: '', field: '', district: '東部', state: '', page: 0 }),
  )
  await page.getByTestId('place-clear').click()
  await vi.waitFor(() => expect(sent.at(-1)?.[2]).toMatchObject({ q: '', district: '' }))
})

test('a day is counted, and the refusal of a number stands beside it', async () => {
  await render(
    <main>
      <PlaceDetailPage id="p1" />
    </main>,
  )
  await expect.element(page.getByTestId('place-tally')).toHaveTextContent('令和8年度')
  await expect.element(page.getByTestId('place-links')).toHaveTextContent(w.residentName)
  await sound()
  await page.getByTestId('day-add').click()
  await page.getByTestId('day-elder').fill('約10')
  await page.getByTestId('day-save').click()
  await expect.element(page.getByTestId('day-elder')).toHaveAttribute('aria-invalid', 'true')
  expect(sent).toEqual([])
  await page.getByTestId('day-elder').fill('１２')
  await page.getByTestId('day-save').click()
  await expect.element(page.getByTestId('place-said')).toHaveTextContent(w.dayKept)
  expect(sent).toEqual([
    ['POST', '/api/places/p1/days', { day: today(), note: '', children: 0, young: 0, working: 0, elder: 12 }],
  ])
})

test('nobody becomes a resident by a choice that was left open', async () => {
  await render(<PlaceDetailPage id="p1" />)
  await page.getByTestId('link-add').click()
  await page.getByTestId('link-named').click()
  await expect.element(page.getByTestId('link-save')).toHaveAttribute('aria-disabled', 'true')
  await page.getByTestId('link-resident').click()
  await page.getByTestId('link-save').click()
  await vi.waitFor(() =>
    expect(sent).toEqual([
      ['POST', '/api/places/p1/links', { caseId: '', personId: '', role: 'participant', since: today() }],
    ]),
  )
})

test('what is wrong with a place is said beside its field, and what was typed stays', async () => {
  refuse = { field: 'name', message: '名称を入力してください。' }
  await render(
    <main>
      <NewPlacePage />
    </main>,
  )
  await page.getByTestId('place-point').fill('駅前')
  await page.getByTestId('place-save').click()
  await expect.element(page.getByText(w.pointWrong)).toBeInTheDocument()
  await page.getByTestId('place-point').fill('35.5，139.5')
  await page.getByTestId('place-capacity').fill('２０人')
  await page.getByTestId('place-save').click()
  await expect.element(page.getByText('名称を入力してください。')).toBeInTheDocument()
  expect(sent.at(-1)?.[2]).toMatchObject({ lat: 35.5, lng: 139.5, capacity: 20, state: 'open', n: 0 })
  await expect.element(page.getByTestId('place-capacity')).toHaveValue('２０人')
  await sound()
})
