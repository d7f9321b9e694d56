import axe from 'axe-core'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { sessionStore } from '../../app/sessionStore'
import { words } from '../../words'
import { ConsentDeskPage } from './ConsentDeskPage'
import { EndingPage } from './EndingPage'
import { TextsPage } from './TextsPage'

const codes = (...list: [string, string][]) => list.map(([code, label]) => ({ code, label }))
const text = {
  version: '同意書-2026-04',
  effectiveFrom: '2026-04-01',
  title: '情報共有に関する同意書',
  paragraphs: ['私は、次のとおり同意します。'],
  easy: ['あなたのことを つたえます。'],
  withdraw: 'いつでも撤回できます。',
}
const kept = { no: 1, hash: 'abcdef0123', text, own: false, keptAt: '2026-04-01T00:00:00Z' }
const record = {
  id: 'r1',
  personId: 'p1',
  number: 'D2026-0031',
  state: 'partial',
  grantor: 'self',
  purposes: ['conference'],
  scope: { a1: ['basic', 'care'], a2: ['basic'] },
  others: ['family'],
  from: '2026-06-09T15:00:00Z',
  until: '2027-06-09T15:00:00Z',
  method: 'oral',
  explainedBy: '𠮷田 健一',
  explainedAt: '2026-06-10T05:30:00Z',
  details: {
    oral: {
      hearer: '井上 拓也',
      witness: '中村 由紀',
      at: '2026-06-10T05:40:00Z',
      place: '自宅の居間',
      words: '「いいよ」',
    },
    explanation: { way: 'visit', care: ['interpreter'], language: 'タガログ語', interpreter: 'リサ' },
  },
  formHash: 'abcdef0123',
  formVersion: '同意書-2026-04',
  recordedAt: '2026-06-10T06:00:00Z',
  recordedBy: 'u',
}
const desk = {
  persons: [
    {
      personId: 'p1',
      state: 'partial',
      stateLabel: '一部同意',
      renewable: 'r1',
      from: record.from,
      until: record.until,
      explained: [
        {
          recordId: 'r1',
          number: 'D2026-0031',
          at: record.explainedAt,
          by: '𠮷田 健一',
          way: '訪問',
          care: ['通訳（タガログ語・リサ）'],
          state: 'partial',
          stateLabel: '一部同意',
        },
        {
          recordId: 'r0',
          number: 'D2026-0030',
          at: '2026-05-01T01:00:00Z',
          by: '井上',
          way: '電話',
          state: 'pending',
          stateLabel: '説明済・保留',
        },
      ],
      records: [record],
    },
    { personId: 'p2', state: 'not_explained', stateLabel: '未説明', minor: true, explained: [], records: [] },
  ],
  items: codes(['basic', '基本情報'], ['family', '家族'], ['care', '介護'], ['health', '健康・医療']),
  purposes: codes(['conference', '重層的支援会議での協議']),
  ways: codes(['visit', '訪問']),
  cares: codes(['interpreter', '通訳']),
  formText: '',
  formVersion: '',
  texts: [kept],
}
const person = (id: string, name: string, relation: string) => ({
  id,
  ord: 1,
  name,
  kana: '',
  relation,
  birth: '',
  sex: '',
  subject: true,
  addressSecret: false,
})
const member = (agencyId: string, name: string) => ({ agencyId, name, short: name, since: '', note: '' })
const theCase = {
  case: { id: 'c1', number: 'K2026-0012' },
  persons: [person('p1', '葛城 塚江', '本人'), person('p2', '葛城 神一', '長男')],
  members: [member('a1', '地域包括'), member('a2', '収納課')],
  sections: [],
  plans: [],
  meetings: [],
  consent: [],
  abilities: { recordConsent: true },
}
const view = {
  agencyId: 'a2',
  persons: [
    {
      personId: 'p1',
      items: [{ item: 'basic', label: '基本情報', allow: true, reason: 'consent', reasonLabel: '同意の範囲内' }],
    },
  ],
  seen: {
    inside: true,
    number: 'K2026-0012',
    persons: [person('p1', '葛城 塚江', '本人'), { ...person('p2', '', ''), initial: 'か', withheld: true }],
    members: [member('a2', '収納課')],
    sections: [
      { doc: '', personId: 'p1', item: 'basic', label: '基本情報', read: true, write: false },
      {
        doc: '',
        personId: 'p1',
        item: 'health',
        label: '健康・医療',
        read: false,
        write: false,
        reason: 'consent',
        reasonLabel: '同意範囲外',
      },
    ],
  },
}
const ending = [
  {
    caseId: 'c1',
    caseNumber: 'K2026-0012',
    personId: 'p1',
    initial: 'か',
    relation: '本人',
    subject: true,
    recordId: 'r1',
    number: 'D2026-0031',
    until: '2026-12-01T15:00:00Z',
    daysLeft: 9,
    expired: false,
  },
  {
    caseId: 'c2',
    caseNumber: 'K2026-0002',
    personId: 'p9',
    initial: 'わ',
    relation: '夫',
    subject: false,
    recordId: 'r9',
    number: 'D2025-0100',
    until: '2026-11-01T15:00:00Z',
    daysLeft: -21,
    expired: true,
  },
]

let sent: { path: string; body: Record<string, unknown> }[] = []
let asked: string[] = []
let refusals: { field: string; message: string }[] = []
let seen: object = view

beforeEach(() => {
  sent = []
  asked = []
  refusals = []
  seen = view
  document.documentElement.lang = 'ja'
  sessionStore.set({
    state: 'signed_in',
    actor: {
      id: 'u',
      name: '事務 花子',
      post: '',
      agencyId: 'a0',
      agencyName: '福祉課',
      roles: ['city'],
      guestMeeting: '',
    },
  } as never)
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const json = (body: object, status = 200) =>
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
    if (init?.method === 'POST') {
      sent.push({ path, body: JSON.parse(String(init.body)) })
      const no = refusals.shift()
      return no ? json({ error: { kind: 'invalid', ...no } }, 422) : json(record)
    }
    asked.push(path)
    if (path.includes('/consents/ending')) return json({ ending })
    if (path.endsWith('/consents')) return json(desk)
    if (path.endsWith('/consent-texts')) return json({ texts: [kept], current: text, currentHash: kept.hash })
    if (path.includes('/view?')) return json(seen)
    if (path.endsWith('/codes')) return json({ lists: {} })
    return json(theCase)
  })
})

const violations = async () => {
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  return result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)
}
const openDesk = async () => {
  await render(<ConsentDeskPage id="c1" />)
  await expect.element(page.getByTestId('consent-board')).toBeVisible()
}

test('the board says to whom it was explained, when, by whom and how, also who was never told', async () => {
  await openDesk()
  const mother = page.getByTestId('board-p1')
  await expect.element(mother).toHaveTextContent('葛城 塚江（本人）')
  await expect
    .element(mother)
    .toHaveTextContent('令和8年6月10日（水）14:30 𠮷田 健一 訪問・通訳（タガログ語・リサ） → 一部同意（D2026-0031）')
  await expect.element(mother).toHaveTextContent('井上 電話 → 説明済・保留')
  await expect.element(mother).toHaveTextContent('令和9年6月9日まで')
  await expect.element(page.getByTestId('board-p2')).toHaveTextContent(`未説明${words.consent.neverExplained}`)
  await expect.element(page.getByTestId('board-p2')).toHaveTextContent(words.consent.minor)
  expect(await violations()).toEqual([])
})

test('a record tells each field of its method, and the very text that was shown', async () => {
  await openDesk()
  const card = page.getByTestId('record-card-D2026-0031')
  for (const s of ['井上 拓也', '中村 由紀', '自宅の居間', '「いいよ」', '通訳（タガログ語・リサ）'])
    await expect.element(card).toHaveTextContent(s)
  const shown = page.getByTestId('text-of-abcdef01')
  await expect.element(shown).toHaveTextContent(words.consent.textShown(1, '同意書-2026-04'))
  await userEvent.click(shown.getByText(words.consent.textShown(1, '同意書-2026-04')))
  await expect.element(shown).toHaveTextContent('私は、次のとおり同意します。')
  await expect.element(page.getByTestId('renew-D2026-0031')).toHaveAttribute('href', '/cases/c1/consents/renew/r1')
})

test('papers are asked for in the chosen form; exports by their names', async () => {
  await openDesk()
  const card = page.getByTestId('record-card-D2026-0031')
  await userEvent.click(card.getByText(words.consent.print))
  await card.getByTestId('paper-style').selectOptions('easy')
  await expect
    .element(card.getByTestId('print-receipt'))
    .toHaveAttribute('href', '/api/consents/r1/receipt.pdf?style=easy')
  await expect
    .element(card.getByTestId('print-withdrawal'))
    .toHaveAttribute('href', '/api/consents/r1/form.pdf?paper=withdrawal&style=easy')
  await expect.element(card.getByTestId('export-fhir')).toHaveAttribute('href', '/api/consents/r1/export?as=fhir')
  const blank = page.getByTestId('print-blank-p2')
  expect(blank.element().getAttribute('href')).toBe('/api/cases/c1/consents/form.pdf?person=p2&style=normal')
})

test('a withdrawal takes back what was picked, and says who took it and who was told', async () => {
  refusals = [{ field: 'receivedBy', message: '受付者: 60文字までです。' }]
  await openDesk()
  await page.getByTestId('withdraw-D2026-0031').click()
  const dialog = page.getByTestId('withdraw-dialog')
  await page.getByTestId('withdraw-part').click()
  expect(dialog.getByTestId('withdraw-do').element().getAttribute('aria-disabled')).toBe('true')
  expect(dialog.getByTestId('withdraw-item-health').query()).toBeNull() // never given
  await dialog.getByTestId('withdraw-agency-a1').click()
  await dialog.getByTestId('withdraw-item-care').click()
  await dialog.getByTestId('received-by').fill('窓口 太郎')
  await dialog.getByTestId('withdraw-how').selectOptions('phone')
  await dialog.getByTestId('told-a1').click()
  await dialog.getByTestId('withdraw-do').click()
  await expect.element(dialog).toHaveTextContent('受付者: 60文字までです。')
  await expect.element(dialog.getByTestId('withdraw-item-care')).toBeChecked()
  expect(await violations()).toEqual([])
  await dialog.getByTestId('withdraw-do').click()
  await expect.element(page.getByTestId('consent-notice')).toHaveTextContent(words.consent.withdrawn)
  expect(sent[1]).toEqual({
    path: '/api/consents/r1/withdraw',
    body: {
      agencies: ['a1'],
      items: ['care'],
      note: '',
      receivedBy: '窓口 太郎',
      how: 'phone',
      told: ['a1'],
      evidenceFile: '',
    },
  })
})

test('この機関から見ると: the names and records the agency gets, and the gaps in its words', async () => {
  await openDesk()
  await page.getByTestId('view-a2').click()
  const eyes = page.getByTestId('seen-case')
  await expect.element(eyes).toHaveTextContent(words.consent.seenTitle('収納課'))
  await expect.element(eyes).toHaveTextContent(words.cases.hiddenName('か'))
  await expect.element(eyes).not.toHaveTextContent('神一')
  await expect.element(eyes).toHaveTextContent(`基本情報${words.consent.allowed}健康・医療同意範囲外`)
  expect(asked.some(p => p.includes('/view?agency=a2'))).toBe(true)
  expect(await violations()).toEqual([])
})

test('an agency that cannot open the case sees nothing of it', async () => {
  seen = { ...view, seen: { inside: false, persons: [], members: [], sections: [] } }
  await openDesk()
  await page.getByTestId('view-a2').click()
  await expect.element(page.getByTestId('seen-case')).toHaveTextContent(words.consent.seenNothing('収納課'))
  await expect.element(page.getByTestId('seen-case')).not.toHaveTextContent('K2026')
})

test('what ends soon is listed without names, the expired marked, each with its renewal', async () => {
  await render(<EndingPage />)
  const soon = page.getByTestId('ending-D2026-0031')
  await expect.element(soon).toHaveTextContent(words.consent.daysLeft(9))
  await expect.element(soon).toHaveTextContent('令和8年12月1日')
  await expect.element(page.getByTestId('ending-D2025-0100')).toHaveTextContent(words.consent.overdue)
  expect(
    soon
      .getByRole('link', { name: /更新する/ })
      .element()
      .getAttribute('href'),
  ).toBe('/cases/c1/consents/renew/r1')
  await page.getByTestId('ending-days').selectOptions('90')
  await expect.poll(() => asked.some(p => p.endsWith('days=90'))).toBe(true)
  expect(await violations()).toEqual([])
})

test('a changed text becomes a new version; what is refused stays written', async () => {
  refusals = [{ field: 'paragraphs', message: '文面: 個人番号は保存できません。' }]
  await render(<TextsPage />)
  const field = page.getByTestId('text-paragraphs')
  await expect.element(field).toHaveValue('私は、次のとおり同意します。')
  await expect.element(page.getByTestId('text-1')).toHaveTextContent('（今の文面）')
  await field.fill('一つ目の段落。\n\n二つ目の段落。')
  await page.getByTestId('text-save').click()
  await expect.element(page.getByText('文面: 個人番号は保存できません。')).toBeVisible()
  await expect.element(field).toHaveValue('一つ目の段落。\n\n二つ目の段落。')
  await page.getByTestId('text-save').click()
  await expect.poll(() => sent.length).toBe(2)
  expect(sent[1]?.body).toMatchObject({
    paragraphs: ['一つ目の段落。', '二つ目の段落。'],
    easy: text.easy,
    withdraw: text.withdraw,
  })
  expect(await violations()).toEqual([])
})
