import axe from 'axe-core'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Course, ScreeningLine } from '../../api/course'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'
import { ScreeningOffer } from './ScreeningOffer'
import type { SheetField } from './SheetDefinition'

const fields = [
  { id: 'screening', label: 'スクリーニング結果', type: 'one', codes: 'screening' },
  { id: 'screening_to', label: 'つなぎ先', type: 'agency' },
  { id: 'screening_on', label: 'スクリーニング実施日', type: 'date' },
] as SheetField[]
const lists = {
  screening: [
    { code: '2', label: '②他の制度・機関で対応可能' },
    { code: '4', label: '④継続支援しプランを策定する' },
  ],
}
const line = { day: '2026-11-20', result: '4', grounds: ['01'], to: '', confirmedOn: '', past: false } as ScreeningLine
const course = (part: Partial<Course>) => ({ screenings: [line], withheld: false, mayScreen: true, ...part }) as Course

async function show(c: Course, start: Record<string, unknown> = {}) {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  const values = new Map(Object.entries(start))
  const listeners = new Set<() => void>()
  const doc = {
    values: {
      get: (k: string) => values.get(k),
      set: (v: Record<string, unknown>) => {
        for (const [k, x] of Object.entries(v)) values.set(k, x)
        for (const l of listeners) l()
      },
      observe: (l: () => void) => {
        listeners.add(l)
        return () => listeners.delete(l)
      },
    },
  }
  await render(
    <main>
      <ScreeningOffer
        fields={fields}
        course={c}
        doc={doc as unknown as LiveDoc}
        agencies={[{ value: 'a2', label: '社会福祉協議会' }]}
        lists={lists}
      />
    </main>,
  )
  return { values, set: doc.values.set }
}

test('nothing is written before the button; it says what it replaces, and goes when both say the same', async () => {
  const { values, set } = await show(course({}), { 'f/screening': '2' })
  const offer = page.getByTestId('screening-offer')
  await expect.element(offer).toHaveTextContent('「②他の制度・機関で対応可能」→「④継続支援しプランを策定する」')
  expect([...values]).toEqual([['f/screening', '2']])
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await page.getByTestId('screening-take').click()
  expect([...values]).toEqual([
    ['f/screening', '4'],
    ['f/screening_on', '2026-11-20'],
  ])
  await expect.element(offer).not.toBeInTheDocument()
  set({ 'f/screening_on': '2026-11-21' }) // somebody else changes it: the offer is there again, nothing is put back
  await expect.element(offer).toBeVisible()
  expect(values.get('f/screening_on')).toBe('2026-11-21')
})

test('without a result of this インテーク nothing is offered; who may record one is told where', async () => {
  await show(course({ screenings: [{ ...line, past: true }] }))
  await expect.element(page.getByText(words.course.offerNone)).toBeVisible()
  expect(page.getByTestId('screening-offer').query()).toBeNull()
})

test('a つなぎ先 that is no agency of the list is named, for somebody to choose', async () => {
  await show(course({ screenings: [{ ...line, result: '2', to: '生活福祉資金' }] }))
  await expect.element(page.getByText(words.course.offerUnknown('生活福祉資金'))).toBeVisible()
})
