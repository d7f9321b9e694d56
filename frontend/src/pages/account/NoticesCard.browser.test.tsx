import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { NoticeAccount, Refusal, Told } from '../../api/notices'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../../app/shell.css'
import '../pages.css'
import { RefusedAddresses } from '../admin/RefusedAddresses'
import { TellButton } from '../meeting/TellButton'
import { NoticesCard } from './NoticesCard'

const none: NoticeAccount = { on: true, address: '', digest: false, meetings: false, refused: null }
let account = none
let sent: unknown[] = []
let refuse: { status: number; body: object } | null = null
const told: Told = { queued: 2, before: 1, without: ['重ね保健所'] }
let refused: Refusal[] = []
const real = window.fetch

beforeEach(() => {
  account = none
  sent = []
  refuse = null
  document.documentElement.lang = 'ja'
  document.title = 'x'
  window.fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const path = new URL(String(input), location.href).pathname
    const json = (v: unknown, status = 200) =>
      new Response(JSON.stringify(v), { status, headers: { 'Content-Type': 'application/json' } })
    if (path.endsWith('/tell')) return json(told)
    if (path.endsWith('/notices/refused')) return json({ refused })
    if (init?.method === 'PUT') {
      sent.push(JSON.parse(String(init.body)))
      if (refuse) return json(refuse.body, refuse.status)
      account = { ...account, ...JSON.parse(String(init.body)), refused: null }
    }
    return json(account)
  })
})
afterEach(() => {
  window.fetch = real
})

test('an address is set, refused beside its field, and taken away, by keyboard', async () => {
  const { container } = await render(<NoticesCard />)
  await page.getByTestId('notices-address').fill('houkatsu@kasane')
  refuse = {
    status: 422,
    body: {
      error: {
        kind: 'invalid',
        field: 'address',
        message: 'メールアドレスを、name@example.lg.jp の形で入力してください。',
      },
    },
  }
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('notices-address')).toHaveAttribute('aria-invalid', 'true')
  expect((await axe.run(container)).violations).toEqual([])
  refuse = null
  await page.getByTestId('notices-address').fill('houkatsu@kasane.example')
  await page.getByTestId('notices-digest').click()
  await page.getByTestId('notices-save').click()
  await expect.element(page.getByTestId('notices-saved')).toHaveTextContent('確かめのメール')
  expect(sent.at(-1)).toEqual({ address: 'houkatsu@kasane.example', digest: true, meetings: false })
  await page.getByTestId('notices-address').fill('')
  await page.getByTestId('notices-save').click()
  await expect.element(page.getByTestId('notices-saved')).toHaveTextContent('やめました')
  expect(sent.at(-1)).toEqual({ address: '', digest: false, meetings: false })
})

test('says when mails are off, and when an address is refused', async () => {
  account = { ...none, on: false }
  const off = await render(<NoticesCard />)
  await expect.element(page.getByTestId('notices-off')).toBeVisible()
  expect(off.container.querySelector('input')).toBeNull()
  await off.unmount()
  account = { ...none, address: 'typo@kasane.example', digest: true, refused: '2026-11-30T01:00:00Z' }
  await render(<NoticesCard />)
  await expect.element(page.getByTestId('notices-refused')).toHaveTextContent('止まっています')
})

test('tells of a meeting, whom it does not reach, and who manages accounts whose mails come back', async () => {
  const { container } = await render(<TellButton meeting="m1" />)
  await page.getByTestId('tell-open').click()
  await page.getByTestId('tell-go').click()
  await expect.element(page.getByTestId('tell-done')).toHaveTextContent('2人に送ります')
  await expect.element(page.getByTestId('tell-without')).toHaveTextContent('重ね保健所')
  expect((await axe.run(container)).violations).toEqual([])
  refused = [{ userId: 'u', name: '辻 麻衣', agencyName: '重ね保健所', at: '2026-11-30T01:00:00Z', code: 550 }]
  await render(<RefusedAddresses />)
  await expect.element(page.getByTestId('refused-addresses')).toHaveTextContent('辻 麻衣（重ね保健所）')
})
