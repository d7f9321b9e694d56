import axe from 'axe-core'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import './household.css'
import { words } from '../../words'
import type { Bond } from './Bond'
import { BondDialog } from './BondDialog'
import { GenogramDrawing } from './GenogramDrawing'
import type { Relative } from './Relative'

const person = (id: string, name: string): Relative => ({
  id,
  name,
  relation: '',
  sex: 'female',
  birth: '',
  death: '',
  dead: false,
  home: false,
  subject: false,
})
const PEOPLE = [person('p1', '母'), person('p2', '長女'), person('k1', '祖母'), person('k2', '叔母')]
const w = words.household.genogram

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
})

test('a relation is written by keyboard: what it is, from whom, to whom; two who are no 世帯員 cannot be joined', async () => {
  const added: Omit<Bond, 'id'>[] = []
  await render(
    <main>
      <BondDialog people={PEOPLE} isPerson={id => id.startsWith('p')} onAdd={b => added.push(b)} onClose={() => {}} />
    </main>,
  )
  await page.getByTestId('bond-kind').selectOptions('abuse')
  await expect.element(page.getByText(w.bondAbuse)).toBeInTheDocument()
  await page.getByTestId('bond-a').selectOptions('k1')
  await page.getByTestId('bond-b').selectOptions('k2')
  await expect.element(page.getByTestId('bond-do')).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabelText(w.bondSufferer).selectOptions('p2')
  page.getByTestId('bond-do').element().focus()
  await userEvent.keyboard('{Enter}')
  expect(added).toEqual([{ a: 'k1', b: 'p2', kind: 'abuse' }])
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] })
  expect(violations.map(v => v.id)).toEqual([])
})

test('the drawing has a line for each relation whose people are in it, and the legend names every sign', async () => {
  const bond = (id: string, a: string, b: string, kind: Bond['kind']): Bond => ({ id, a, b, kind })
  await render(
    <GenogramDrawing
      people={PEOPLE}
      ties={[]}
      bonds={[bond('b1', 'p1', 'p2', 'fused'), bond('b2', 'p2', 'p1', 'conflict'), bond('b3', 'p1', 'gone', 'close')]}
    />,
  )
  const lines = [...page.getByTestId('genogram').element().querySelectorAll('.drawing-bond')]
  expect(lines.map(l => l.getAttribute('data-kind'))).toEqual(['fused', 'conflict'])
  expect(new Set(lines.map(l => l.querySelector('path')?.getAttribute('d'))).size).toBe(2) // not one on the other
  for (const [, label] of w.bondKinds) await expect.element(page.getByText(label, { exact: true })).toBeInTheDocument()
})
