import axe from 'axe-core'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import type { HandoutList } from '../../api/handouts'
import type { Room } from '../../api/meeting'
import { words } from '../../words'
import { HandoutsCard } from './HandoutsCard'

const room = (holder: boolean, seq = 1) =>
  ({
    meeting: { id: 'm1', caseId: 'c1' },
    agenda: [{ id: 'g1', title: '状況の共有' }],
    current: 'g1',
    seq,
    you: { holder },
  }) as unknown as Room

const w = words.handouts
let list: HandoutList
let sent: string[]
let form: FormData | null

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  form = null
  list = {
    handouts: [
      {
        id: 'h1',
        agendaId: 'g1',
        personId: '',
        item: 'health',
        itemLabel: '健康・医療',
        name: '診断書.png',
        type: 'image/png',
        size: 1,
        sha256: 'ab',
        by: '山田',
        byAgency: '社協',
        at: '2026-11-30T01:00:00Z',
        receipts: [
          {
            id: 'r1',
            userId: 'u1',
            userName: '田中',
            agencyId: 'a1',
            agencyName: '地域包括',
            deed: 'view',
            at: '2026-11-30T01:05:00Z',
          },
        ],
      },
    ],
    withheld: 2,
    copies: true,
    mayGive: true,
    days: 7,
    ended: false,
  }
  const json = (body: object) =>
    new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } })
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET'
    if (method !== 'GET') sent.push(`${method} ${path}`)
    if (init?.body instanceof FormData) form = init.body
    if (path.endsWith('/open')) return new Response(new Blob(['x'], { type: 'image/png' }), { status: 200 })
    if (path.includes('/cases/')) return json({ persons: [{ id: 'p1', name: '葛城 神一', relation: '本人' }] })
    if (method === 'DELETE') return new Response(null, { status: 204 })
    return json(method === 'POST' ? { id: 'h2' } : list)
  })
})

const violations = async () => {
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  return result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)
}
const show = (holder: boolean) =>
  render(
    <main>
      <HandoutsCard room={room(holder)} />
    </main>,
  )

test('the desk sees who opened what, takes a paper back and hands one out', async () => {
  await show(true)
  await expect.element(page.getByTestId('handout-list')).toHaveTextContent('地域包括')
  await expect.element(page.getByText(w.withheld(2))).toBeVisible()
  await page.getByText(w.register).first().click()
  await expect.element(page.getByTestId('handout-register')).toHaveTextContent(w.deeds.view)
  expect(await violations()).toEqual([])
  await page.getByTestId('handout-back').click()
  await page.getByTestId('handout-back-do').click()
  await expect.poll(() => sent).toEqual(['DELETE /api/meetings/m1/handouts/h1'])
  await page.getByTestId('handout-give').click()
  await expect.element(page.getByTestId('handout-send')).toHaveAttribute('aria-description', w.needFile)
  await page.getByTestId('handout-person').selectOptions('葛城 神一（本人）')
  await page.getByTestId('handout-item').selectOptions('health')
  await page.getByTestId('handout-file').upload(new File(['%PDF-'], '世帯図.pdf', { type: 'application/pdf' }))
  expect(await violations()).toEqual([])
  await page.getByTestId('handout-send').click()
  await expect.poll(() => sent.length).toBe(2)
  expect(Object.fromEntries([...(form?.entries() ?? [])].filter(([k]) => k !== 'file'))).toEqual({
    agendaId: 'g1',
    personId: 'p1',
    item: 'health',
  })
})

test('a reader without copies opens by keyboard on the screen only, and the paper goes when the right ends', async () => {
  list = { ...list, copies: false, mayGive: false, withheld: 0 }
  await show(false)
  const open = page.getByTestId('handout-open')
  await expect.element(open).toBeVisible()
  expect(page.getByTestId('handout-copy').elements()).toEqual([])
  expect(page.getByTestId('handout-back').elements()).toEqual([])
  expect(page.getByTestId('handout-give').elements()).toEqual([])
  open.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect
    .element(page.getByRole('img', { name: '診断書.png' }))
    .toHaveAttribute('src', expect.stringMatching(/^blob:/))
  expect(sent).toEqual(['POST /api/meetings/m1/handouts/h1/open'])
  list = { ...list, handouts: [], ended: true }
  await expect.element(page.getByTestId('handout-gone'), { timeout: 9000 }).toHaveTextContent(w.gone)
  expect(page.getByRole('img').elements()).toEqual([])
  await expect.element(page.getByTestId('handout-end')).toHaveTextContent(w.ended)
})
