import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { NextStep } from './NextStep'

const room = {
  meeting: { id: 'm1', caseId: 'c1', mode: 'layered' },
  status: 'open',
  phase: 'decisions',
  phases: [{ id: 'decisions', label: '⑥', hint: '' }],
  planId: 'p1',
  seats: [],
  blockers: [],
  you: { chair: true },
  acts: [{ act: 'freeze', label: 'プランを確定して合意を求める', allowed: true }],
} as unknown as Room

const serve = (warnings: object[]) =>
  vi
    .spyOn(window, 'fetch')
    .mockImplementation(
      async () => new Response(JSON.stringify({ warnings }), { headers: { 'Content-Type': 'application/json' } }),
    )

const lacking = [
  { code: 'no_lead', blocking: true, actionId: 'r1', message: '支援項目1: 主担当（◎）がありません。' },
  { code: 'two_leads', blocking: true, actionId: 'r2', message: '支援項目2: 主担当（◎）が2つあります。' },
  { code: 'lead_open', blocking: true, actionId: 'r3', message: '支援項目3: まだ回答していません。' },
  { code: 'no_lead', blocking: false, actionId: 'r4', message: '支援項目4: 理由がある。' },
]

test('rows without one ◎ are listed before the plan is frozen, and the reason is recorded there', async () => {
  serve(lacking)
  const act = vi.fn(async () => {})
  await render(<NextStep room={room} act={act} />)
  await page.getByTestId('act-freeze').click()
  await expect.element(page.getByTestId('freeze-dialog')).toBeVisible()
  expect(act).not.toHaveBeenCalled()
  expect(page.getByTestId('freeze-reason-r3').query()).toBeNull()
  expect(page.getByTestId('freeze-reason-r4').query()).toBeNull()
  await userEvent.fill(page.getByTestId('freeze-reason-r1'), '就労は本人が決めるため')
  await expect.element(page.getByTestId('freeze-do')).toHaveTextContent('あとで')
  await userEvent.fill(page.getByTestId('freeze-reason-r2'), '2機関で交代するため')
  await expect.element(page.getByTestId('freeze-do')).toHaveTextContent('理由を記録して')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await vi.waitFor(() => expect(act).toHaveBeenCalledTimes(3))
  expect(act.mock.calls).toEqual([
    ['row_reason', { actionId: 'r1', reason: '就労は本人が決めるため' }],
    ['row_reason', { actionId: 'r2', reason: '2機関で交代するため' }],
    ['freeze', undefined],
  ])
})

test('a plan that lacks nothing is put to the agencies by one press', async () => {
  serve(lacking.slice(2))
  const act = vi.fn(async () => {})
  await render(<NextStep room={room} act={act} />)
  await page.getByTestId('act-freeze').click()
  await vi.waitFor(() => expect(act).toHaveBeenCalledWith('freeze', undefined))
  expect(page.getByTestId('freeze-dialog').query()).toBeNull()
})
