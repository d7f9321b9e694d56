import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import type { LookedTable, StepId, Way } from '../../api/firstRun'
import { sessionStore } from '../../app/sessionStore'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { words } from '../../words'
import { FirstRunPage } from './FirstRunPage'
import { leftOver } from './leftOver'

const w = words.firstRun
const IDS: StepId[] = ['town', 'agencies', 'kinds', 'retention', 'logo', 'signin', 'summary']
const wayWith = (...done: StepId[]): Way => ({
  steps: IDS.map(id => ({
    id,
    done: done.includes(id),
    at: done.includes(id) ? '2026-11-30T01:00:00Z' : null,
    byName: done.includes(id) ? '𠮷田 髙子' : '',
  })),
  done: done.length,
  aside: false,
  asking: done.length < 7,
})
const looked: LookedTable = {
  sheet: '',
  taken: ['名称', '電話'],
  unused: ['FAX'],
  bare: false,
  rows: [
    {
      line: 2,
      name: 'なぎさ会',
      short: 'なぎさ会',
      category: '',
      said: '',
      city: false,
      contact: '渚 砂',
      phone: '119',
      state: 'new',
      problems: [],
    },
    {
      line: 3,
      name: 'うみの会',
      short: '',
      category: '',
      said: '謎',
      city: false,
      contact: '',
      phone: '',
      state: 'error',
      problems: [{ field: 'category', message: '機関区分がありません' }],
    },
  ],
}

let way: Way
let refuse: { field: string; message: string } | null
let sent: [string, string, unknown][] = []
const real = window.fetch
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const town = {
  name: '潮見市',
  code: '',
  since: 0,
  prefecture: '',
  years: [{ year: 2026, name: '令和8年度' }],
  logo: null,
}

beforeEach(() => {
  sent = []
  refuse = null
  way = wayWith()
  sessionStore.set({
    state: 'signed_in',
    municipality: { id: 'm', name: '潮見市', demo: false },
    actor: { id: 'u1', name: '𠮷田 髙子', roles: ['admin', 'city'] },
  } as never)
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname } = new URL(String(input), location.href)
    const body = init?.body ? JSON.parse(String(init.body)) : null
    if (init?.method && init.method !== 'GET') sent.push([init.method, pathname, body])
    if (refuse && init?.method === 'PUT') return json({ error: { kind: 'invalid', ...refuse } }, 422)
    if (pathname === '/api/codes') return json({ lists: { agency_category: [{ code: 'other', label: 'その他' }] } })
    if (pathname === '/api/agencies/look') return json(looked)
    if (pathname === '/api/agencies/list') return json({ agencies: body.agencies })
    if (pathname === '/api/agencies') return json({ agencies: [] })
    if (pathname === '/api/town') return json({ ...town, ...body })
    if (pathname === '/api/session') return json(sessionStore.get())
    const step = /^\/api\/first-run\/(\w+)$/.exec(pathname)?.[1] as StepId | undefined
    if (step) {
      const done = way.steps.filter(s => s.done && s.id !== step).map(s => s.id)
      way = wayWith(...(body.done ? [...done, step] : done))
    } else if (init?.method === 'PUT') way = { ...way, aside: body.aside, asking: !body.aside }
    return json(way)
  })
})
afterEach(() => {
  window.fetch = real
})

const show = async (step?: StepId) => {
  const { hook, history } = memoryLocation({ path: '/admin/first-run', record: true })
  await render(
    <Router hook={hook}>
      <main>
        <FirstRunPage {...(step ? { step } : {})} />
      </main>
    </Router>,
  )
  return history
}
const sound = async () => {
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
}

test('a step is saved, said to be done, and the next one is open', async () => {
  const history = await show()
  await expect.element(page.getByTestId('step-title')).toHaveTextContent(w.stepOf(1, w.steps.town))
  await expect.element(page.getByTestId('first-run-count')).toHaveTextContent('0/7')
  await sound()
  refuse = { field: 'code', message: '検査数字（6桁目）が合いません' }
  await page.getByTestId('town-code').fill('131015')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('検査数字（6桁目）が合いません')).toBeInTheDocument()
  expect(sent.map(s => s[1])).toEqual(['/api/town'])
  refuse = null
  await page.getByTestId('town-code').fill('131016')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('first-run-count')).toHaveTextContent('1/7')
  expect(sent.slice(1)).toEqual([
    ['PUT', '/api/town', { name: '潮見市', code: '131016', since: 0 }],
    ['PUT', '/api/first-run/town', { done: true }],
  ])
  await vi.waitFor(() => expect(history.at(-1)).toBe('/admin/first-run/agencies'))
})

test('a pasted table is looked at, and its good rows are saved', async () => {
  await show('agencies')
  await page.getByTestId('agency-take').click()
  await expect.element(page.getByTestId('step-confirm')).not.toBeVisible()
  await page.getByTestId('take-text').fill('名称\t電話\tFAX\nなぎさ会\t119\t1')
  await page.getByTestId('take-look').click()
  await expect.element(page.getByTestId('take-count')).toHaveTextContent(w.takeCount(1, 0, 0, 1))
  await expect.element(page.getByTestId('take-count')).toHaveTextContent(w.takeUnused('FAX'))
  await expect.element(page.getByTestId('take-row-3')).toHaveTextContent('機関区分がありません')
  await sound()
  await page.getByTestId('take-save').click()
  await expect.element(page.getByTestId('agencies-taken')).toHaveTextContent(w.takeSaved(1))
  expect(sent.at(-1)).toEqual([
    'POST',
    '/api/agencies/list',
    { agencies: [{ name: 'なぎさ会', short: 'なぎさ会', category: '', city: false, contact: '渚 砂', phone: '119' }] },
  ])
  await expect.element(page.getByTestId('step-confirm')).toBeVisible()
})

test('it can be put aside and taken up, and a step opened again', async () => {
  way = wayWith('town', 'logo')
  await show('logo')
  await page.getByTestId('first-run-aside').click()
  await expect.element(page.getByText(w.asideNow)).toBeInTheDocument()
  await page.getByText(w.reopen).click()
  await expect.element(page.getByTestId('first-run-count')).toHaveTextContent('1/7')
  expect(sent).toEqual([
    ['PUT', '/api/first-run', { aside: true }],
    ['PUT', '/api/first-run/logo', { done: false }],
  ])
})

test('an administrator without the role of the city is told whose step it is', async () => {
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['admin'] } } as never)
  await show('kinds')
  await expect.element(page.getByText(w.notYours)).toBeInTheDocument()
  expect(page.getByTestId('step-confirm').query()).toBeNull()
})

test('what is left is named, with where it is done', () => {
  const facts = { way: wayWith('town'), code: '', agencies: [], users: [], factorRoles: [] }
  const all = leftOver(facts).map(l => l.text)
  expect(all).toEqual([
    ...(['agencies', 'kinds', 'retention', 'logo', 'signin'] as const).map(id => w.leftStep(w.steps[id])),
    w.leftCode,
    w.leftAgencies,
    w.leftUsers,
    w.leftFactors,
  ])
  const user = (disabled: boolean) => ({ disabled }) as never
  const agency = (city: boolean, active: boolean) => ({ city, active }) as never
  const good = {
    way: wayWith(...IDS.slice(0, 6)),
    code: '131016',
    agencies: [agency(false, true)],
    users: [user(false), user(false)],
    factorRoles: ['admin'],
  }
  expect(leftOver(good)).toEqual([])
  expect(leftOver({ ...good, agencies: [agency(true, true), agency(false, false)] }).map(l => l.text)).toEqual([
    w.leftAgencies,
  ])
  expect(leftOver({ ...good, users: [user(false), user(true)] }).map(l => l.text)).toEqual([w.leftUsers])
})
