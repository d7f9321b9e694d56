import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { FollowupLine } from '../../api/course'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { sessionStore } from '../../app/sessionStore'
import { words } from '../../words'
import { FollowupsCard } from './FollowupsCard'

const w = words.course
const real = window.fetch
let shown: FollowupLine[]
let refusal: { kind: string; message: string; field: string } | null
let sent: { url: string; body: unknown }[]

const line = (part: Partial<FollowupLine>): FollowupLine => ({
  id: 'f1',
  agencyId: 'a2',
  agencyName: '自立相談',
  dueOn: '2026-11-27',
  daysLate: 0,
  state: 'planned',
  methodLabel: '',
  resultLabel: '',
  note: '',
  doneOn: '',
  doneBy: '',
  mayDo: false,
  withheld: false,
  ...part,
})
const codes = {
  lists: {
    outreach_method: [{ code: 'visit', label: '訪問' }],
    followup_result: [{ code: '01', label: '変わりなく暮らしている' }],
  },
}
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

const sit = (roles: string[]) =>
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', agencyId: 'a2', agencyName: '自立相談', roles } } as never)

const show = (closed = true) =>
  render(
    <main>
      <FollowupsCard
        caseId="c1"
        closed={closed}
        agencies={[
          { value: 'a2', label: '自立相談' },
          { value: 'a3', label: '社協CSW' },
        ]}
      />
    </main>,
  )

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  shown = []
  sent = []
  refusal = null
  sit(['agency'])
  window.fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    if (init?.body) {
      sent.push({ url: String(url), body: JSON.parse(String(init.body)) })
      return refusal ? json({ error: refusal }, 422) : new Response(null, { status: 204 })
    }
    return json(String(url).includes('/codes') ? codes : shown)
  })
})
afterEach(() => {
  window.fetch = real
})

test('of a case that goes on and never had one, there is nothing to see', async () => {
  const { container } = await show(false)
  await expect.poll(() => vi.mocked(window.fetch).mock.calls.length).toBeGreaterThan(0)
  expect(container.querySelector('[data-testid=followups]')).toBeNull()
})

test('one is planned by keyboard, for the own agency; what is refused is said at its field and stays', async () => {
  await show()
  await expect.element(page.getByText(w.followupsNone)).toBeVisible()
  await page.getByTestId('followup-add').click()
  const agency = document.querySelector('select') as HTMLSelectElement
  expect([...agency.options].map(o => o.textContent)).toEqual(['自立相談'])
  await page.getByTestId('followup-due').fill('R8.12.20')
  await userEvent.keyboard('{Tab}')
  refusal = { kind: 'invalid', message: '予定日は、今日以降の日にしてください。', field: 'dueOn' }
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await page.getByTestId('followup-save').click()
  await expect.element(page.getByText('予定日は、今日以降の日にしてください。')).toBeVisible()
  expect(sent).toEqual([{ url: '/api/cases/c1/followups', body: { agencyId: 'a2', dueOn: '2026-12-20' } }])
  refusal = null
  shown = [line({ dueOn: '2026-12-20' })]
  await page.getByTestId('followup-save').click()
  await expect.element(page.getByTestId('followup')).toHaveTextContent('令和8年12月20日')
  expect(document.querySelector('[data-testid=followup-due]')).toBeNull()
})

test('who holds the record may plan one for any agency of the case, the own first and once', async () => {
  sit(['secretariat'])
  await show()
  await page.getByTestId('followup-add').click()
  const agency = document.querySelector('select') as HTMLSelectElement
  expect([...agency.options].map(o => o.textContent)).toEqual(['自立相談', '社協CSW'])
})

test('one that is late is red and done by who may; the next day goes along with what was heard', async () => {
  shown = [line({ daysLate: 4, mayDo: true }), line({ id: 'f2', agencyName: '社協CSW', daysLate: 2 })]
  await show()
  await expect.element(page.getByText(w.followupLate(4))).toBeVisible()
  expect(document.querySelectorAll('[data-testid=followup-do]').length).toBe(1)
  await page.getByTestId('followup-do').click()
  await page.getByTestId('heard-method').selectOptions('visit')
  await page.getByTestId('heard-result').selectOptions('01')
  await page.getByTestId('heard-note').fill('仕事が続いている')
  await page.getByTestId('heard-next').fill('R9.2.1')
  await userEvent.keyboard('{Tab}')
  await page.getByTestId('heard-save').click()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]).toMatchObject({
    url: '/api/cases/c1/followups/f1',
    body: { drop: false, method: 'visit', result: '01', note: '仕事が続いている', nextOn: '2027-02-01' },
  })
  await expect.element(page.getByTestId('followup-dialog')).not.toBeInTheDocument()
})

test('what was heard is kept from who may not read it, and this is said', async () => {
  shown = [line({ state: 'done', doneOn: '2026-11-20', doneBy: '岡本 健太', withheld: true })]
  await show()
  await expect.element(page.getByText(w.heardHidden)).toBeVisible()
  await expect.element(page.getByTestId('followup')).toHaveTextContent('令和8年11月20日')
})
