import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { ReferralView } from '../../api/referral'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { drafts } from '../../live/drafts'
import { words } from '../../words'
import { NewReferralPage } from './NewReferralPage'
import { ReferralPage } from './ReferralPage'

const AGENCIES = [
  { id: 'a1', name: '東部包括', short: '東', category: '', city: false, active: true },
  { id: 'a2', name: '居住支援法人', short: '住', category: '', city: false, active: true },
  { id: 'a3', name: 'やめた機関', short: '止', category: '', city: false, active: false },
]
const OPTIONS = {
  toName: '居住支援法人',
  parts: [
    {
      key: 'plain',
      label: '個人が分からない事実',
      lines: [{ label: '分野', value: '高齢・介護' }],
      may: true,
      why: '',
    },
    { key: 'basic:p1', label: '基本情報', lines: [{ label: '氏名', value: '髙橋 節' }], may: true, why: '' },
    {
      key: 'address:p1',
      label: '住所・連絡先',
      lines: [{ label: '地区', value: '東町' }],
      may: false,
      why: '同意範囲外です',
    },
  ],
}
const view = (part: Partial<ReferralView> = {}): ReferralView => ({
  id: 'f1',
  caseId: '',
  caseNumber: 'K2026-0001',
  fromName: '東部包括',
  toName: '居住支援法人',
  at: '2026-06-01T01:00:00Z',
  wish: '',
  state: 'asked',
  stateLabel: '返事待ち',
  due: '',
  days: 3,
  mine: true,
  kept: false,
  byName: '窓口 太郎',
  byPost: '主任',
  reason: '住まいの相談',
  over: false,
  parts: [
    { label: '基本情報', lines: [{ label: '氏名', value: '髙橋 節' }], withheld: false },
    { label: '住所・連絡先', lines: [], withheld: true },
  ],
  answers: [],
  mayAnswer: true,
  mayWithdraw: false,
  mayPrint: false,
  ...part,
})

let sent: { url: string; body: Record<string, unknown> }[]
let shown: ReferralView
const real = window.fetch

beforeEach(async () => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  shown = view()
  drafts.store().remove(await drafts.store().all())
  window.fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    const path = String(url)
    if (init?.method === 'POST') {
      sent.push({ url: path, body: JSON.parse(String(init.body)) })
      return new Response(null, { status: 204 })
    }
    const body = path.endsWith('/agencies')
      ? { agencies: AGENCIES }
      : path.includes('/options')
        ? OPTIONS
        : path.includes('/referrals/')
          ? shown
          : { case: { number: 'K2026-0001' }, members: [{ agencyId: 'a1', until: null }] }
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
  window.history.replaceState(null, '', '/')
})

const sound = async () => {
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
}

test('nothing is chosen beforehand; what may not be given says why and cannot be chosen; only what was picked is sent', async () => {
  await render(
    <main>
      <NewReferralPage id="c1" />
    </main>,
  )
  const to = page.getByTestId('referral-to')
  await expect.element(to).toBeVisible()
  const names = [...(to.element() as HTMLSelectElement).options].map(o => o.text)
  expect(names).toEqual([words.form.choose, '居住支援法人']) // neither who is of the case nor who has ended
  await to.selectOptions('a2')
  await expect.element(page.getByTestId('part-basic')).not.toBeChecked()
  await expect.element(page.getByTestId('part-plain')).not.toBeChecked()
  await expect.element(page.getByTestId('part-address')).toBeDisabled()
  await expect.element(page.getByTestId('parts')).toHaveTextContent(words.referral.mayNot('同意範囲外です'))
  expect(document.body.textContent).not.toContain('東町')
  await page.getByTestId('referral-send').click()
  await expect.element(page.getByText(words.form.needed(words.referral.reason))).toBeVisible()
  expect(sent).toEqual([])
  await sound()
  await page.getByTestId('part-plain').click()
  await page.getByTestId('referral-reason').fill('住まいの相談')
  await page.getByTestId('referral-send').click()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]?.body).toMatchObject({ to: 'a2', picks: ['plain'], reason: '住まいの相談', wish: '' })
})

test('who received it reads what is shown, sees that it waits too long, and answers with what the answer needs', async () => {
  await render(
    <main>
      <ReferralPage id="f1" />
    </main>,
  )
  await expect.element(page.getByTestId('referral-parts')).toHaveTextContent('髙橋 節')
  await expect.element(page.getByTestId('referral-parts')).toHaveTextContent(words.referral.withheld)
  await expect.element(page.getByText(words.referral.late(3))).toBeVisible()
  await sound()
  await page.getByTestId('reply-decline').click()
  await expect.element(page.getByTestId('reply-send')).toHaveAttribute('aria-disabled', 'true')
  await page.getByTestId('reply-check').click()
  await expect.element(page.getByTestId('reply-send')).toHaveAttribute('aria-disabled', 'true')
  await page.getByTestId('reply-accept').click()
  shown = view({ state: 'accepted', stateLabel: '受領', mayAnswer: false, mine: false, days: 0, caseId: 'c1' })
  await page.getByTestId('reply-send').click()
  await expect.element(page.getByTestId('referral-case')).toBeVisible()
  expect(sent).toEqual([{ url: '/api/referrals/f1', body: { answer: 'accept', reason: '', due: '' } }])
})
