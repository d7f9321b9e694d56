import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Status } from '../../api/status'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { StatusPage } from './StatusPage'

const well: Status = {
  state: 'fine',
  at: '2026-11-30T10:00:00Z',
  lines: [
    { name: 'database', label: '記録の保存', state: 'fine', what: '編集したことは保存されています。', advice: '' },
    { name: 'backup', label: '夜間の控え', state: 'fine', what: '最後の控えは 昨夜 のものです。', advice: '' },
  ],
}
let answer: Status | null = well
const real = window.fetch

beforeEach(() => {
  answer = well
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async () => {
    if (!answer) throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
})

test('says that all is well, then what is to be done, the worst first, then that the server is away', async () => {
  const { container } = await render(<StatusPage />)
  await expect.element(page.getByTestId('status-fine')).toHaveTextContent('ただいま正常です')
  answer = {
    ...well,
    state: 'wrong',
    lines: [
      ...well.lines.slice(0, 1),
      {
        name: 'backup',
        label: '夜間の控え',
        state: 'wrong',
        what: '確かめる必要があります。',
        advice: '最後の控えは 3日前 のものです。',
      },
      {
        name: 'disk',
        label: '保存場所の空き',
        state: 'look',
        what: '空き 4.0 GB',
        advice: '古い控えを移してください。',
      },
    ],
  }
  await page.getByTestId('status-again').click()
  await expect.element(page.getByTestId('status-wrong')).toBeVisible()
  const rows = [...container.querySelectorAll('tbody tr')].map(r => r.querySelector('th')?.textContent)
  expect(rows).toEqual(['夜間の控え', '保存場所の空き', '記録の保存'])
  await expect.element(page.getByTestId('status-line-backup')).toHaveTextContent('直す')
  expect((await axe.run(container)).violations).toEqual([])
  answer = null
  page.getByTestId('status-again').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('status-away')).toHaveTextContent('サーバーに届きません')
})
