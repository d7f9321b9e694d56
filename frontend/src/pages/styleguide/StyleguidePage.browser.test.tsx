import axe from 'axe-core'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../live/live.css'
import '../../app/shell.css'
import '../pages.css'
import '../matrix/matrix.css'
import { StyleguidePage } from './StyleguidePage'

const violations = async () => {
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  return result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)
}

test.each(['100', '150'])('all parts pass axe at %s %', async size => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  document.documentElement.dataset.text = size
  await render(<StyleguidePage />)
  expect(await violations()).toEqual([])
})

test('a dialog passes axe, takes the focus and gives it back', async () => {
  document.documentElement.dataset.text = '100'
  await render(<StyleguidePage />)
  const opener = page.getByTestId('open-dialog')
  await userEvent.click(opener)
  await expect.element(page.getByRole('dialog')).toBeVisible()
  expect(await violations()).toEqual([])
  await userEvent.keyboard('{Escape}')
  await expect.element(opener).toHaveFocus()
})

test('a greyed button says why and does nothing', async () => {
  await render(<StyleguidePage />)
  const button = document.querySelector('.button[aria-disabled="true"]')
  expect(button?.getAttribute('aria-description')).toBeTruthy()
  expect((button as HTMLButtonElement).disabled).toBe(false)
})
