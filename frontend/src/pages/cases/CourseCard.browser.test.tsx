import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { CasePage, Person } from '../../api/cases'
import type { Course } from '../../api/course'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { words } from '../../words'
import { CourseCard } from './CourseCard'
import { StageField } from './StageField'

const w = words.course
const codes = {
  lists: {
    screening: ['1', '2', '3', '4', '5'].map(code => ({ code, label: `結果${code}` })),
    trouble: [{ code: '01', label: '役割分担が不明' }],
    end_reason: [{ code: '01', label: '課題が概ね解消' }],
    suspend_reason: [{ code: '08', label: '連絡不能' }],
  },
}
let shown: Course
let refusal: { kind: string; message: string; field: string } | null
let sent: { url: string; body: unknown }[]
const real = window.fetch

const course = (part: Partial<Course> = {}): Course => ({
  stage: 'intake',
  version: 2,
  screenings: [],
  steps: [],
  mayScreen: true,
  until: '',
  daysLate: 0,
  closing: { agreed: false, evaluated: false, planned: false, lead: '' },
  withheld: false,
  ...part,
})

const data = (stage: string, next: string[]) =>
  ({
    case: { id: 'c1', number: 'K2026-0001', stage, version: 5, next },
    abilities: { edit: true },
  }) as unknown as CasePage

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  refusal = null
  window.fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    if (init?.body) {
      sent.push({ url: String(url), body: JSON.parse(String(init.body)) })
      return refusal ? json({ error: refusal }, 409) : new Response(null, { status: 204 })
    }
    return json(String(url).includes('/codes') ? codes : shown)
  })
})
afterEach(() => {
  window.fetch = real
})

test('a スクリーニング asks for what its result wants, and sends nothing that belongs to another', async () => {
  shown = course()
  await render(
    <main>
      <CourseCard caseId="c1" version={2} />
    </main>,
  )
  await page.getByTestId('screening-open').click()
  await page.getByTestId('screening-result').selectOptions('2')
  await page.getByTestId('screening-to').fill('地域包括支援センター')
  await page.getByTestId('screening-result').selectOptions('4')
  expect(document.querySelector('[data-testid=screening-to]')).toBeNull()
  await page.getByTestId('ground-01').click()
  await page.getByTestId('screening-reason').fill('介護と家計が絡み合う')
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await page.getByTestId('screening-save').click()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]?.url).toBe('/api/cases/c1/screenings')
  expect(sent[0]?.body).toMatchObject({
    version: 2,
    result: '4',
    grounds: ['01'],
    to: '',
    confirmedOn: '',
    reason: '介護と家計が絡み合う',
  })
})

test('a 中断 that is over its day is red; who may not read the reason sees the day', async () => {
  const step = {
    from: 'supporting',
    fromLabel: '支援中',
    to: 'suspended',
    toLabel: '中断',
    at: '2026-05-01T00:00:00Z',
    byName: '事務 花子',
    agencyName: '社協',
    code: '',
    codeLabel: '',
    reason: '',
    until: '2026-06-01',
  }
  shown = course({
    stage: 'suspended',
    mayScreen: false,
    until: '2026-06-01',
    daysLate: 3,
    steps: [step],
    withheld: true,
    closing: null,
  })
  await render(
    <main>
      <CourseCard caseId="c1" version={2} />
    </main>,
  )
  await expect.element(page.getByTestId('paused')).toHaveTextContent('3日過ぎています')
  await expect.element(page.getByTestId('course')).toHaveTextContent(w.withheld)
  await page.getByText(w.steps(1)).click()
  await expect.element(page.getByTestId('course-steps')).toHaveTextContent('支援中 → 中断')
})

test('終結 says what is missing and where to do it; what was typed stays when it is refused', async () => {
  shown = course({ closing: { agreed: true, evaluated: false, planned: true, lead: '' } })
  refusal = { kind: 'conflict', message: '目標ごとの評価が済んでいません。', field: 'evaluation' }
  await render(
    <main>
      <StageField data={data('supporting', ['planning', 'closed', 'suspended'])} onChanged={async () => {}} />
    </main>,
  )
  await page.getByTestId('stage').selectOptions('closed')
  expect(page.getByTestId('stage-dialog').elements()).toHaveLength(0) // by the arrows one passes it
  await page.getByTestId('stage-save').click()
  await expect.element(page.getByTestId('closing')).toHaveTextContent(w.notEvaluated)
  await expect.element(page.getByTestId('closing')).toHaveTextContent(w.leadNone)
  await page.getByTestId('stage-code').selectOptions('01')
  await page.getByTestId('stage-reason').fill('転居')
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await page.getByTestId('stage-do').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('目標ごとの評価が済んでいません')
  expect(sent[0]?.body).toEqual({ stage: 'closed', version: 5, code: '01', until: '', reason: '転居' })
  await expect.element(page.getByTestId('stage-reason')).toHaveValue('転居')
})

test('中断 is put off by choosing it again, by keyboard', async () => {
  shown = course({ stage: 'suspended' })
  await render(
    <main>
      <StageField data={data('suspended', ['assessment', 'suspended'])} onChanged={async () => {}} />
    </main>,
  )
  await page.getByTestId('stage').selectOptions('suspended')
  await page.getByTestId('stage-save').click()
  await expect.element(page.getByTestId('stage-dialog')).toHaveTextContent(w.extendTitle)
  await page.getByTestId('stage-code').selectOptions('08')
  await page.getByTestId('stage-until').fill('R8.12.1')
  await userEvent.keyboard('{Tab}')
  await page.getByTestId('stage-do').click()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]?.body).toEqual({ stage: 'suspended', version: 5, code: '08', until: '2026-12-01', reason: '' })
})

test('a closed case is taken in again as a new one, with whom and why', async () => {
  shown = course({ stage: 'closed', mayScreen: false, former: null, later: [] })
  const persons = [
    { id: 'p1', name: '山田 花子', relation: '本人' },
    { id: 'p2', name: '山田 太郎', relation: '長男' },
  ] as unknown as Person[]
  await render(
    <main>
      <CourseCard caseId="c1" version={3} persons={persons} mayEdit />
    </main>,
  )
  refusal = { kind: 'invalid', message: '再受付の理由を入力してください。', field: 'reason' }
  await page.getByTestId('again').click()
  await page.getByText('山田 太郎（長男）').click()
  await page.getByTestId('again-do').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('再受付の理由')
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  expect(sent[0]).toEqual({ url: '/api/cases/c1/again', body: { persons: ['p1'], reason: '' } })
})
