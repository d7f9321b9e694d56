import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Figure, FigureTable } from '../../api/figures'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { words } from '../../words'
import { FiguresPage } from './FiguresPage'

const w = words.figures
const real = window.fetch
const months = ['4月', '5月', '6月', '7月', '8月', '9月', '10月', '11月', '12月', '1月', '2月', '3月']
let asked: string[]
let shown: FigureTable

const figure = (id: string, label: string, part: Partial<Figure> = {}): Figure => ({
  id,
  label,
  unit: '件',
  definition: `${label}の定義`,
  reported: false,
  drill: false,
  months: months.map((_, i) => (i < 8 ? 0 : null)),
  year: 0,
  ...part,
})
const table = (part: Partial<FigureTable> = {}): FigureTable => ({
  year: 2026,
  name: '令和8年度（2026年度）',
  at: '2026-11-23T03:00:00Z',
  months,
  groups: [
    {
      title: '受付',
      programme: 'consult',
      figures: [
        figure('intakes', '新規相談受付件数', {
          reported: true,
          drill: true,
          months: [3, 0, 4, 0, 0, 0, 0, 2, null, null, null, null],
          year: 9,
          target: 40,
          rate: 22,
        }),
      ],
    },
    {
      title: '活動',
      programme: 'outreach',
      figures: [figure('visits', '訪問', { months: months.map(() => 1), year: 12 })],
    },
  ],
  shares: [
    {
      id: 'stages',
      title: 'いまの段階',
      unit: '件',
      definition: '今の状態です。',
      rows: [
        { label: '受付', count: 5, stuck: 2 },
        { label: '支援中', count: 0, stuck: 0 },
      ],
      total: 5,
      reported: false,
      drill: true,
    },
  ],
  answers: [],
  reading: false,
  years: [2026, 2025],
  ...part,
})
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  asked = []
  shown = table()
  window.fetch = vi.fn(async (url: RequestInfo | URL) => {
    asked.push(String(url))
    if (String(url).includes('/figures/file')) {
      return json(
        { error: { kind: 'conflict', message: 'いま集計しています。少し待ってから、もう一度お試しください。' } },
        409,
      )
    }
    return json(shown)
  })
})
afterEach(() => {
  window.fetch = real
})

const show = () =>
  render(
    <main>
      <FiguresPage />
    </main>,
  )
const row = (id: string) => page.getByTestId(`figure-${id}`)
const cells = (id: string) =>
  [...(document.querySelectorAll(`[data-testid=figure-${id}] .figure-value`) ?? [])].map(c => c.textContent)

test('a figure has its months, its year, its target; a month to come is empty, and a nought is a nought', async () => {
  await show()
  await expect.element(row('intakes')).toBeVisible()
  expect(cells('intakes')).toEqual(['3', '0', '4', '0', '0', '0', '0', '2', '', '', '', '', '9', '40', '22％'])
  await expect.element(row('intakes').getByRole('img', { name: w.starMeans })).toBeVisible()
  await expect.element(page.getByTestId('programme-intakes')).toHaveTextContent(w.programmes.consult)
  expect(document.querySelector('[data-testid=programme-visits]'), 'neither reported nor aimed at').toBeNull()
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})

test('what has cases behind it leads to them, of the month or of the year; a nought leads nowhere', async () => {
  await show()
  await expect
    .element(page.getByTestId('behind-intakes-2'))
    .toHaveAttribute('href', '/figures/cases?year=2026&figure=intakes&month=2')
  await expect
    .element(page.getByTestId('behind-intakes-year'))
    .toHaveAttribute('href', '/figures/cases?year=2026&figure=intakes')
  expect(document.querySelector('[data-testid=behind-intakes-1]')).toBeNull()
  expect(document.querySelector('[data-testid=behind-visits-year]'), 'a figure of nobody').toBeNull()
  const stages = page.getByTestId('share-stages')
  await expect
    .element(stages.getByRole('link'))
    .toHaveAttribute('href', `/figures/cases?year=2026&figure=stages&row=${encodeURIComponent('受付')}`)
  await expect.element(stages.getByRole('row').last()).toHaveTextContent(`${w.sum}5`)
})

test('one 事業 alone, and another 年度', async () => {
  await show()
  await page.getByTestId('figures-programme').selectOptions('outreach')
  await expect.element(row('visits')).toBeVisible()
  expect(document.querySelector('[data-testid=figure-intakes]')).toBeNull()
  expect(document.querySelector('[data-testid=share-stages]'), 'of all, not of one 事業').toBeNull()
  shown = table({ year: 2025, groups: [], shares: [] })
  await page.getByTestId('figures-year').selectOptions('2025')
  await expect.poll(() => asked.at(-1)).toBe('/api/figures?year=2025')
  await expect.element(page.getByTestId('open-targets')).toHaveAttribute('href', '/figures/targets?year=2025')
})

test('a file is for outside unless one says otherwise; why none came is said', async () => {
  await show()
  await expect.element(page.getByText(w.outHint)).toBeVisible()
  await page.getByTestId('figures-csv').click()
  await expect.element(page.getByText('いま集計しています。少し待ってから、もう一度お試しください。')).toBeVisible()
  expect(asked.at(-1)).toBe('/api/figures/file?as=csv&year=2026&for=out')
  await page.getByTestId('figures-scope').selectOptions('office')
  await expect.element(page.getByText(w.insideHint)).toBeVisible()
  await page.getByTestId('figures-pdf').click()
  await expect.poll(() => asked.at(-1)).toBe('/api/figures/file?as=pdf&year=2026&for=office')
})

test('while sheets are still being read, this is said beside the choices counted so far', async () => {
  shown = table({ reading: true })
  await show()
  await expect.element(page.getByText(w.reading)).toBeVisible()
  await expect.element(page.getByText(w.noAnswers)).toBeVisible()
})
