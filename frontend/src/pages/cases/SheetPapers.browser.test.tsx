import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import type { CaseMember } from '../../api/cases'
import { sessionStore } from '../../app/sessionStore'
import { SheetPapers } from './SheetPapers'

const members = [
  { agencyId: 'a1', name: '社協' },
  { agencyId: 'a2', name: '保健所' },
  { agencyId: 'a3', name: '抜けた機関', until: '2026-05-01T00:00:00Z' },
] as CaseMember[]
const forms = [
  { id: 'uketsuke', title: '相談受付・申込票', sections: [{ id: 's', title: '', fields: [{ id: 'x', type: 'sig' }] }] },
  { id: 'assessment', title: 'インテーク・アセスメントシート', sections: [] },
  { id: 'progress', title: '支援経過記録', sections: [] },
]
let asked: string[]
let saved: string[]
let sent = ''
const line = { who: '本人　田中', section: 'B 健康・障害', sheet: '記入', notes: [] }
const doubt = {
  no: 3,
  from: 0,
  to: 4,
  word: '浜辺病院',
  call: '（地名・施設）',
  before: '',
  after: 'に通院',
  section: 'B',
}
const preview = {
  title: 'インテーク・アセスメントシート',
  fields: 40,
  plan: 'p1',
  more: 0,
  changes: [
    {
      ...line,
      key: 'p1:f/doctor',
      label: '通院先・服薬',
      cell: 'E40',
      was: '市民病院',
      now: '市民病院',
      new: '診療所',
      conflict: false,
    },
    {
      ...line,
      key: 'p1:f/health',
      label: '健康状態',
      cell: 'E39',
      was: '良い',
      now: '通院している',
      new: '不明',
      conflict: true,
    },
  ],
  troubles: [
    { ...line, label: '収入', cell: 'E20', value: '-5', message: '数字だけにしてください。', note: false },
    { ...line, label: '主訴', cell: 'E21', value: '', message: '必須の項目が空です。', note: true },
  ],
}
const sign = (more: object) =>
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['city'], ...more } } as never)
const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  asked = []
  saved = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download)
  })
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const url = String(input)
    if (url.includes('/api/sheets?')) return json({ sheets: forms.map(f => ({ id: f.id })) })
    const form = forms.find(f => url.includes(`/api/sheets/${f.id}?`))
    if (form) return json(form)
    asked.push(url)
    if (url.endsWith('/anonymous') && init?.method !== 'POST') return json({ sum: 's1', doubts: [doubt] })
    if (url.endsWith('/anonymous')) {
      sent = String(init?.body)
      return new Response('x')
    }
    if (url.endsWith('/back/look')) return json(preview)
    if (url.endsWith('/back')) {
      if (init?.body instanceof FormData) sent = String(init.body.get('how'))
      return json({ written: 1, refused: [] })
    }
    if (url.includes('for=a2'))
      return json({ error: { kind: 'forbidden', message: '保健所には、渡せるものがありません。', field: 'for' } }, 403)
    const name = encodeURIComponent('相談受付・申込票.pdf')
    return new Response('x', { headers: { 'Content-Disposition': `inline; filename="_"; filename*=UTF-8''${name}` } })
  })
})
afterEach(() => vi.restoreAllMocks())

const props = { caseId: 'c1', openedOn: '2026-06-01', members }

test('the paper is made by keyboard alone, and is called as the server says', async () => {
  sign({})
  await render(<SheetPapers {...props} />)
  page.getByTestId('sheet-papers').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('sheet-form')).toHaveTextContent('インテーク・アセスメントシート')
  expect(page.getByTestId('sheet-form').element().textContent).not.toContain('支援経過記録')
  page.getByTestId('sheet-pdf').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('sheet-done')).toBeVisible()
  expect(asked).toEqual(['/api/cases/c1/sheets/uketsuke.pdf'])
  expect(saved).toEqual(['相談受付・申込票.pdf'])
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } })
  expect(found.violations.map(v => v.id)).toEqual([])
})

test('for an agency of the case; a refusal stands beside the choice', async () => {
  sign({})
  await render(<SheetPapers {...props} />)
  await page.getByTestId('sheet-papers').click()
  await expect.element(page.getByTestId('sheet-for')).toBeVisible()
  expect(page.getByTestId('sheet-for').element().textContent).not.toContain('抜けた機関')
  await page.getByTestId('sheet-form').selectOptions('assessment')
  await page.getByTestId('sheet-for').selectOptions('a2')
  await page.getByTestId('sheet-pdf').click()
  await expect.element(page.getByText('保健所には、渡せるものがありません。')).toBeVisible()
  await page.getByTestId('sheet-for').selectOptions('a1')
  await page.getByTestId('sheet-xlsx').click()
  await expect.element(page.getByTestId('sheet-done')).toBeVisible()
  expect(asked).toEqual([
    '/api/cases/c1/sheets/assessment.pdf?for=a2',
    '/api/cases/c1/sheets/assessment/file?for=a1&as=xlsx',
  ])
  expect(saved.length).toBe(1)
})

test('an agency makes its own, gives none to others, and none where it takes no files', async () => {
  sign({ roles: ['agency'] })
  const view = await render(<SheetPapers {...props} />)
  await page.getByTestId('sheet-papers').click()
  await expect.element(page.getByTestId('sheet-pdf')).toBeVisible()
  expect(page.getByTestId('sheet-for').query()).toBeNull()
  await view.unmount()
  sign({ roles: ['agency'], noCopies: true })
  await render(<SheetPapers {...props} />)
  expect(page.getByTestId('sheet-papers').query()).toBeNull()
})

test('a sheet comes back: what changed is shown, a conflict is not chosen, nothing is written before it is said', async () => {
  sign({})
  await render(<SheetPapers {...props} />)
  await page.getByTestId('sheet-papers').click()
  await page.getByTestId('sheet-fill').click()
  await expect.element(page.getByTestId('sheet-done')).toBeVisible()
  await userEvent.upload(page.getByTestId('sheet-back-file'), new File(['x'], '記入.xlsx'))
  await expect.element(page.getByTestId('sheet-back-changes')).toHaveTextContent('診療所')
  await expect.element(page.getByTestId('sheet-back-troubles')).toHaveTextContent('E20')
  const check = (key: string) =>
    document.querySelector<HTMLInputElement>(`input[data-testid="take-${key}"], [data-testid="take-${key}"] input`)
  expect(check('p1:f/doctor')?.checked).toBe(true)
  expect(check('p1:f/health')?.checked).toBe(false)
  expect(asked).toEqual([
    '/api/cases/c1/sheets/uketsuke/file?as=xlsx&fill=1',
    '/api/cases/c1/sheets/uketsuke/back/look',
  ])
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } })
  expect(found.violations.map(v => v.id)).toEqual([])
  page.getByTestId('sheet-back-do').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('sheet-back-done')).toBeVisible()
  expect(JSON.parse(sent)).toEqual({ plan: 'p1', keys: ['p1:f/doctor'] })
})

test('a 匿名版 is made when its doubts were looked at', async () => {
  sign({})
  await render(<SheetPapers {...props} />)
  await page.getByTestId('sheet-papers').click()
  await page.getByTestId('sheet-hide').click()
  await expect.element(page.getByTestId('doubts')).toHaveTextContent('浜辺病院')
  expect(page.getByTestId('sheet-hide-pdf').element().getAttribute('aria-disabled')).toBe('true')
  await page.getByTestId('doubt-looked').click()
  await page.getByTestId('sheet-hide-pdf').click()
  await expect.element(page.getByTestId('sheet-hide-done')).toBeVisible()
  expect(JSON.parse(sent)).toEqual({ as: 'pdf', sum: 's1', hide: [{ no: 3, from: 0, to: 4 }] })
  expect(saved).toEqual(['匿名版_相談受付・申込票.pdf'])
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } })
  expect(found.violations.map(v => v.id)).toEqual([])
})
