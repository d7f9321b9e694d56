import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { LeadOffer, Leads } from '../../api/leads'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { words } from '../../words'
import { LeadsCard } from './LeadsCard'

const offer = (part: Partial<LeadOffer> = {}): LeadOffer => ({
  id: 'o1',
  kind: 'after',
  kindLabel: '終結後の主担当',
  from: '',
  fromName: '',
  to: 'a3',
  toName: '東部包括',
  note: '夜の電話は包括へ',
  byName: '事務 花子',
  byAgency: '社協',
  at: '2026-11-30T01:00:00Z',
  state: 'asked',
  stateLabel: '返事待ち',
  answers: [],
  mayAnswer: false,
  mayWithdraw: false,
  ...part,
})
const none = { agencyId: '', name: '', state: '', label: '' } as const
const leads = (part: Partial<Leads> = {}): Leads => ({
  now: { agencyId: 'a2', name: '社協', state: 'planned', label: '引受なし' },
  after: none,
  offers: [],
  kinds: [],
  withheld: false,
  ...part,
})
const AGENCIES = [
  { value: 'a2', label: '社協' },
  { value: 'a3', label: '東部包括' },
]

let answer: Leads
let sent: { url: string; body: unknown }[]
const real = window.fetch

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  window.fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ url: String(url), body: JSON.parse(String(init.body)) })
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
})

const show = (meetingId = '', ends = false) =>
  render(
    <main>
      <LeadsCard caseId="c1" meetingId={meetingId} agencies={AGENCIES} ends={ends} />
    </main>,
  )

test('the agency that was asked answers by keyboard: a condition is needed, and the meeting is told where it was said', async () => {
  answer = leads({ offers: [offer({ mayAnswer: true })] })
  await show('m1')
  const reply = page.getByTestId('lead-reply')
  await expect.element(reply).toHaveTextContent('「終結後の主担当」を頼まれています')
  page.getByTestId('lead-conditional').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('lead-send')).toHaveAttribute('aria-disabled', 'true')
  await page.getByTestId('lead-reason').fill('夜間は救急へ')
  answer = leads({
    offers: [offer({ state: 'conditional', stateLabel: '条件付き引受' })],
    after: {
      agencyId: 'a3',
      name: '東部包括',
      state: 'conditional',
      label: '条件付き引受',
      condition: '夜間は救急へ',
      at: '2026-11-30T02:00:00Z',
      by: '包括 三郎',
    },
  })
  await page.getByTestId('lead-send').click()
  await expect.element(page.getByText(words.leads.condition('夜間は救急へ'))).toBeInTheDocument()
  expect(sent).toEqual([
    { url: '/api/cases/c1/leads/o1?meeting=m1', body: { answer: 'conditional', reason: '夜間は救急へ', due: '' } },
  ])
  expect(page.getByTestId('lead-reply').elements()).toHaveLength(0)
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
})

test('who may ask chooses which 主担当 and whom; not the one that is it already', async () => {
  answer = leads({
    kinds: [
      { kind: 'now', label: '主担当機関' },
      { kind: 'after', label: '終結後の主担当' },
    ],
  })
  await show()
  await page.getByText(words.leads.ask, { exact: true }).click()
  await page.getByTestId('lead-kind').selectOptions('now')
  expect([...(page.getByTestId('lead-to').element() as HTMLSelectElement).options].map(o => o.value)).toEqual([
    '',
    'a3',
  ])
  await page.getByTestId('lead-to').selectOptions('a3')
  await page.getByTestId('lead-do').click()
  await expect.poll(() => sent).toEqual([{ url: '/api/cases/c1/leads', body: { kind: 'now', to: 'a3', note: '' } }])
})

test('an agency outside of the consent reads that it was asked, and nothing else; who was not asked sees no card', async () => {
  answer = leads({ now: none, withheld: true, offers: [offer({ note: '', mayAnswer: true })] })
  const view = await show()
  await expect.element(page.getByText(words.leads.withheld)).toBeInTheDocument()
  await expect.element(page.getByTestId('lead-reply')).toBeInTheDocument()
  expect(page.getByText(words.leads.nobody).elements()).toHaveLength(0)
  await view.unmount()
  answer = leads({ now: none, withheld: true })
  await show()
  await expect.poll(() => (window.fetch as ReturnType<typeof vi.fn>).mock.calls.length).toBe(2)
  expect(page.getByTestId('leads').elements()).toHaveLength(0)
})

test('a meeting that speaks of 終結 is told while nobody has taken on what comes after', async () => {
  answer = leads({ after: { agencyId: 'a3', name: '東部包括', state: 'planned', label: '引受なし' } })
  const view = await show('m1', true)
  await expect.element(page.getByTestId('lead-ends')).toBeInTheDocument()
  await view.unmount()
  answer = leads({
    after: {
      agencyId: 'a3',
      name: '東部包括',
      state: 'accepted',
      label: '引受',
      at: '2026-11-30T02:00:00Z',
      by: '三郎',
    },
  })
  await show('m1', true)
  await expect.element(page.getByText('東部包括')).toBeInTheDocument()
  expect(page.getByTestId('lead-ends').elements()).toHaveLength(0)
})
