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
import { ConsentFormPage } from './ConsentFormPage'

const codes = (...list: [string, string][]) => list.map(([code, label]) => ({ code, label }))
const old = {
  id: 'r1',
  personId: 'p1',
  number: 'D2025-0007',
  state: 'granted',
  grantor: 'self',
  purposes: ['conference'],
  scope: { a1: ['basic', 'health'] },
  from: '2025-12-01T00:00:00Z',
  until: '2026-12-01T00:00:00Z',
  method: 'written',
  explainedBy: '前の説明者',
  explainedAt: '2025-12-01T00:00:00Z',
  recordedAt: '2025-12-01T00:00:00Z',
  recordedBy: 'u',
  withdrawals: [{ id: 'w', at: '2026-01-01T00:00:00Z', byName: '', agencies: ['a1'], items: ['health'] }],
}
const desk = {
  persons: [{ personId: 'p1', state: 'granted', stateLabel: '同意', records: [old] }],
  items: codes(['basic', '基本情報'], ['health', '健康・医療']),
  purposes: codes(
    ['conference', '重層的支援会議での協議'],
    ['plan', 'プラン作成'],
    ['coordination', '支援提供の連絡調整'],
  ),
  ways: codes(['face', '対面'], ['visit', '訪問']),
  cares: codes(['ruby', 'ふりがな'], ['interpreter', '通訳'], ['family', '家族同席']),
  formText: '私は、同意します。',
  formVersion: '同意書-2026-04',
  formHash: 'hash',
  texts: [],
}
const theCase = {
  case: { id: 'c1', number: 'K2026-0001' },
  persons: [
    {
      id: 'p1',
      ord: 1,
      name: '山﨑 キヨ',
      kana: 'やまさき きよ',
      relation: '本人',
      birth: '',
      sex: '',
      subject: true,
      addressSecret: false,
    },
  ],
  members: [{ agencyId: 'a1', name: '地域包括支援センター', short: '包括', since: '', note: '' }],
  sections: [],
  plans: [],
  meetings: [],
  consent: [],
  abilities: {},
}

/** What was sent, and what the server answers to it: a refusal as long as there are any. */
let sent: { path: string; body: Record<string, unknown> }[] = []
let refusals: { field: string; message: string }[] = []

beforeEach(() => {
  sent = []
  refusals = []
  document.documentElement.lang = 'ja'
  sessionStore.set({
    state: 'signed_in',
    actor: {
      id: 'u',
      name: '事務 花子',
      post: '',
      agencyId: 'a0',
      agencyName: '福祉課',
      roles: ['secretariat'],
      guestMeeting: '',
    },
  } as never)
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const json = (body: object, status = 200) =>
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
    if (init?.method === 'POST') {
      sent.push({ path, body: JSON.parse(String(init.body)) })
      const no = refusals.shift()
      return no ? json({ error: { kind: 'invalid', ...no } }, 422) : json({ id: 'new' })
    }
    if (path.endsWith('/consents')) return json(desk)
    if (path.endsWith('/codes')) return json({ lists: {} })
    return json(theCase)
  })
})

const open = async () => {
  await render(<ConsentFormPage id="c1" person="p1" />)
  await expect.element(page.getByTestId('consent-save')).toBeVisible()
  await page.getByTestId('scope-a1-basic').click()
  await page.getByTestId('explained-way').selectOptions('face')
}
const choose = (id: string) => page.getByTestId(id).click()
const errors = () => [...document.querySelectorAll('.field-error')].map(e => e.textContent)

test('only the fields of the chosen method are on the screen, and what was typed for another comes back', async () => {
  await open()
  for (const fields of ['oral-fields', 'phone-fields', 'scribe-fields', 'sign-pad'])
    expect(page.getByTestId(fields).query()).toBeNull()
  await choose('method-oral')
  await page.getByTestId('oral-hearer').fill('井上 拓也')
  expect(page.getByTestId('scribe-fields').query()).toBeNull()
  await choose('method-scribe')
  expect(page.getByTestId('oral-fields').query()).toBeNull()
  await choose('method-oral')
  await expect.element(page.getByTestId('oral-hearer')).toHaveValue('井上 拓也')
})

test('all that is missing is said at once, each beside its field, before anything is sent', async () => {
  await open()
  await choose('method-oral')
  await page.getByTestId('oral-place').fill('自宅の居間')
  await choose('consent-save')
  const w = words.consent
  await expect.poll(errors).toEqual([w.hearer, w.oralWitness, w.said].map(words.form.needed))
  expect(sent).toEqual([])
  const hearer = document.querySelector('[data-testid="oral-hearer"]')
  expect(hearer?.getAttribute('aria-invalid')).toBe('true')
  expect(document.getElementById(hearer?.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    words.form.needed(w.hearer),
  )
})

test('what the server refuses stands beside its field, and everything typed is still there', async () => {
  refusals = [{ field: 'details.oral.words', message: '発言の要旨: 個人番号は保存できません。' }]
  await open()
  await choose('method-oral')
  for (const [id, text] of [
    ['oral-hearer', '井上 拓也'],
    ['oral-witness', '中村 由紀'],
    ['oral-place', '自宅の居間'],
    ['oral-words', '「話していい」'],
  ] as const)
    await page.getByTestId(id).fill(text)
  await choose('care-interpreter')
  await page.getByTestId('care-language').fill('タガログ語')
  await page.getByTestId('care-interpreter-name').fill('𠮷田 リサ')
  await choose('consent-save')
  await expect.poll(errors).toEqual(['発言の要旨: 個人番号は保存できません。'])
  expect(page.getByTestId('consent-error').query()).toBeNull()
  await expect.element(page.getByTestId('oral-witness')).toHaveValue('中村 由紀')
  await expect.element(page.getByTestId('care-language')).toHaveValue('タガログ語')
  await expect.element(page.getByTestId('scope-a1-basic')).toBeChecked()
  await page.getByTestId('oral-words').fill('「包括さんには話していい」')
  await choose('consent-save')
  await expect.poll(() => sent.length).toBe(2)
  expect(sent[1]).toMatchObject({
    path: expect.stringContaining('/cases/c1/consents'),
    body: {
      method: 'oral',
      formHash: 'hash',
      scope: { a1: ['basic'] },
      details: {
        oral: { hearer: '井上 拓也', witness: '中村 由紀', place: '自宅の居間', words: '「包括さんには話していい」' },
        explanation: { way: 'face', care: ['interpreter'], language: 'タガログ語', interpreter: '𠮷田 リサ' },
      },
    },
  })
})

test('what the server refuses of a field that is not on the screen stands at the head', async () => {
  refusals = [{ field: 'formHash', message: '同意書の文面の版が見つかりません。' }]
  await open()
  await choose('consent-save')
  await expect.element(page.getByTestId('consent-error')).toHaveTextContent('同意書の文面の版が見つかりません。')
})

test('a guardian says the power and shows a document; a parent the relation', async () => {
  await open()
  await choose('grantor-guardian')
  await choose('consent-save')
  const w = words.consent
  await expect
    .poll(errors)
    .toEqual([words.form.chosen(w.agentKind), ...[w.grantorName, w.agentPower, w.grantorDoc].map(words.form.needed)])
  await choose('agent-curator')
  await page.getByTestId('grantor-name').fill('髙橋 誠')
  await page.getByTestId('agent-power').fill('福祉サービスの利用契約')
  await page.getByTestId('grantor-doc').fill('登記事項証明書')
  await choose('consent-save')
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]?.body.details).toMatchObject({ agent: { kind: 'curator', power: '福祉サービスの利用契約' } })
})

test('the signature is written with a pointer and sent as strokes', async () => {
  await open()
  await choose('method-signature')
  await choose('consent-save')
  await expect.poll(errors).toEqual([words.consent.signNeeded])
  const pad = document.querySelector('[data-testid="sign-pad"]') as HTMLCanvasElement
  pad.setPointerCapture = () => {}
  const box = pad.getBoundingClientRect()
  expect(box.width / box.height).toBeCloseTo(3, 1) // as it is drawn again
  const at = (type: string, x: number, y: number) =>
    pad.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        button: 0,
        pointerId: 1,
        clientX: box.left + x * box.width,
        clientY: box.top + y * box.height,
      }),
    )
  at('pointerdown', 0.2, 0.2)
  at('pointermove', 0.2, 0.2)
  at('pointermove', 0.8, 0.6)
  at('pointerup', 0.8, 0.6)
  await expect.element(page.getByTestId('sign-state')).toHaveTextContent(words.consent.signStrokes(1))
  await choose('consent-save')
  await expect.poll(() => sent.length).toBe(1)
  const strokes = sent[0]?.body.signature as { x: number; y: number }[][]
  expect(strokes.map(s => s.map(p => [p.x.toFixed(1), p.y.toFixed(1)]))).toEqual([
    [
      ['0.2', '0.2'],
      ['0.8', '0.6'],
    ],
  ])
})

test('who cannot write gets to 口頭 or 代筆 by keyboard alone, and nothing typed is lost', async () => {
  await open()
  await page.getByTestId('explained-by').fill('中村 由紀')
  await choose('method-signature')
  const button = page.getByTestId('cannot-scribe')
  ;(button.element() as HTMLButtonElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('scribe-name')).toBeVisible()
  await expect.element(page.getByTestId('method-scribe')).toBeChecked()
  await expect.element(page.getByTestId('explained-by')).toHaveValue('中村 由紀')
  await choose('method-signature')
  ;(page.getByTestId('cannot-oral').element() as HTMLButtonElement).focus()
  await userEvent.keyboard(' ')
  await expect.element(page.getByTestId('oral-hearer')).toBeVisible()
})

test('a renewal takes the scope over without what was withdrawn, and asks for a new explanation', async () => {
  await render(<ConsentFormPage id="c1" renews="r1" />)
  const summary = page.getByTestId('scope-summary')
  await expect.element(summary).toHaveTextContent('地域包括支援センター基本情報')
  await expect.element(summary).not.toHaveTextContent('健康・医療')
  expect(page.getByTestId('scope-table').query()).toBeNull()
  await expect.element(page.getByTestId('explained-by')).toHaveValue('')
  await choose('consent-save')
  const w = words.consent
  await expect.poll(errors).toEqual([...[w.explained, w.explainedAt].map(words.form.needed), words.form.chosen(w.way)])
  await page.getByTestId('explained-way').selectOptions('visit')
  await page.getByTestId('explained-by').fill('井上 拓也')
  await page.getByTestId('explained-at').fill('R8.11.20')
  await userEvent.tab()
  await choose('consent-save')
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]?.path).toContain('/consents/r1/renew')
  expect(sent[0]?.body).toMatchObject({ explainedBy: '井上 拓也', explainedAt: '2026-11-19T15:00:00.000Z' })
  expect(sent[0]?.body).not.toHaveProperty('scope')
})

test.each(['method-oral', 'method-phone', 'method-scribe', 'method-signature'])(
  'the form with %s passes axe',
  async method => {
    await open()
    await choose('grantor-guardian')
    await choose('care-interpreter')
    await choose('care-family')
    await choose(method)
    await choose('consent-save')
    const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    expect(result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)).toEqual([])
  },
)
