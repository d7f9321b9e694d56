import axe from 'axe-core'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import type { CarryRow } from '../../api/carry'
import type { Room } from '../../api/meeting'
import { words } from '../../words'
import { CarryCard } from './CarryCard'

const seat = (agencyId: string, short: string) => ({ agencyId, short, name: `${short}の正式名` })
const room = {
  meeting: { id: 'm2', mode: 'layered' },
  seats: [seat('a1', '社協'), seat('a2', '収納')],
  acts: [{ act: 'carry', label: words.carry.title, allowed: true }],
} as unknown as Room

const row = (id: string, personId: string, text: string, more: Partial<CarryRow> = {}): CarryRow => ({
  meeting: 'm1',
  doc: `d-${personId}`,
  row: id,
  kind: 'speech',
  kindLabel: '発言要旨',
  personId,
  person: personId === 'p1' ? '葛城 塚江' : '葛城 神一',
  item: 'basic',
  itemLabel: '基本情報',
  text,
  agency: '地域包括',
  carried: false,
  why: '',
  sees: ['a1', 'a2'],
  ...more,
})

const refusal = '第1回支援会議の発言要旨（健康・医療）: 有効な同意がないため引き継げません。'
let rows: CarryRow[]
let sent: { path: string; body: unknown }[]
let refuse: boolean
let asked: number

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  rows = [
    row('r1', 'p1', '玄関先で話ができた'),
    row('r2', 'p1', '受診していない', { itemLabel: '健康・医療', sees: ['a1'] }),
    row('r3', 'p1', '前に引き継いだ', { carried: true }),
    row('r4', 'p2', '仕事を探している', {
      why: '有効な同意がないため引き継げません。同意を記録してから、もう一度選んでください。',
      sees: [],
    }),
    row('r5', 'p1', '席のない機関だけ', { sees: [] }),
  ]
  sent = []
  refuse = false
  asked = 0
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const json = (body: object, status = 200) =>
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
    if (init?.method === 'POST') {
      sent.push({ path, body: JSON.parse(String(init.body)) })
      return refuse ? json({ error: { kind: 'conflict', message: refusal, field: 'rows' } }, 409) : json(room)
    }
    asked++
    return json({
      meetings: [
        { id: 'm1', no: 1, label: '第1回支援会議', date: '2026-11-23', title: 'x', statusLabel: '閉会', rows },
      ],
    })
  })
})

const violations = async () => {
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  return result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)
}
const tabTo = async (id: string) => {
  for (let i = 0; i < 20 && document.activeElement?.getAttribute('data-testid') !== id; i++)
    await userEvent.keyboard('{Tab}')
  expect(document.activeElement?.getAttribute('data-testid')).toBe(id)
}
const show = async (r: Room = room) => {
  const reload = vi.fn(async () => {})
  await render(
    <main>
      <CarryCard room={r} reload={reload} />
    </main>,
  )
  return reload
}

test('by keyboard: nothing is chosen at first, exactly what is chosen is sent', async () => {
  const reload = await show()
  await tabTo('carry-open')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('carry-pick-r1')).toBeVisible()
  expect(
    page
      .getByRole('checkbox')
      .elements()
      .map(e => (e as HTMLInputElement).checked),
  ).toEqual([false, false, false])
  const send = page.getByTestId('carry-do')
  await expect.element(send).toHaveAttribute('aria-disabled', 'true')
  await expect.element(send).toHaveAttribute('aria-description', words.carry.nothing)
  await tabTo('carry-do')
  await userEvent.keyboard('{Enter}')
  expect(sent).toEqual([])
  expect(await violations()).toEqual([])

  await tabTo('carry-pick-r2')
  await userEvent.keyboard(' ')
  await expect.element(send).toHaveTextContent('選んだ 1 件を引き継ぐ')
  await userEvent.keyboard(' ')
  await expect.element(send).toHaveAttribute('aria-disabled', 'true')
  await userEvent.keyboard(' ')
  await tabTo('carry-pick-r5')
  await userEvent.keyboard(' ')
  await expect.element(page.getByTestId('carry-count')).toHaveTextContent(words.carry.chosen(2))
  await tabTo('carry-do')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('carry-done')).toHaveTextContent(words.carry.done(2))
  expect(sent).toEqual([
    {
      path: '/api/meetings/m2/carry',
      body: {
        rows: [
          { meeting: 'm1', doc: 'd-p1', row: 'r2' },
          { meeting: 'm1', doc: 'd-p1', row: 'r5' },
        ],
      },
    },
  ])
  expect(reload).toHaveBeenCalledOnce()
  expect(document.activeElement?.getAttribute('data-testid')).toBe('carry-open')
})

test('each row says its item and who will see it; what cannot be carried says why and has no box', async () => {
  await show()
  await page.getByTestId('carry-open').click()
  await expect
    .element(page.getByTestId('carry-row-r1'))
    .toHaveTextContent('基本情報地域包括から引き継いだ後に見える機関社協収納')
  await expect
    .element(page.getByTestId('carry-row-r2'))
    .toHaveTextContent('健康・医療地域包括から引き継いだ後に見える機関社協')
  await expect.element(page.getByTestId('carry-row-r5')).toHaveTextContent(words.carry.seesNone)
  await expect.element(page.getByTestId('carry-row-r3')).toHaveTextContent(words.carry.carried)
  await expect.element(page.getByTestId('carry-row-r4')).toHaveTextContent('同意を記録してから')
  for (const id of ['r3', 'r4']) expect(page.getByTestId(`carry-pick-${id}`).elements().length).toBe(0)
  await expect.element(page.getByRole('group', { name: '葛城 神一' })).toHaveTextContent('仕事を探している')
  await expect
    .element(page.getByRole('heading', { level: 3 }))
    .toHaveTextContent('第1回支援会議 令和8年11月23日（2026年）')
})

test('a refusal is said, the list is read anew and the dialog stays', async () => {
  const reload = await show()
  await page.getByTestId('carry-open').click()
  await page.getByTestId('carry-pick-r1').click()
  refuse = true
  rows = rows.map(r => (r.row === 'r1' ? { ...r, carried: true } : r))
  await page.getByTestId('carry-do').click()
  await expect.element(page.getByTestId('carry-error')).toHaveTextContent(refusal)
  await expect.element(page.getByTestId('carry-row-r1')).toHaveTextContent(words.carry.carried)
  await expect.element(page.getByTestId('carry-do')).toHaveAttribute('aria-disabled', 'true')
  expect(asked).toBe(2)
  expect(reload).not.toHaveBeenCalled()
})

test('only where it may be done', async () => {
  await show({ ...room, acts: [{ act: 'carry', label: 'x', allowed: false, why: '閉会' }] })
  expect(page.getByTestId('carry').elements().length).toBe(0)
  await show({ ...room, acts: [] })
  expect(page.getByTestId('carry').elements().length).toBe(0)
  await show({ ...room, meeting: { ...room.meeting, mode: 'support' } })
  expect(page.getByTestId('carry').elements().length).toBe(0)
})
