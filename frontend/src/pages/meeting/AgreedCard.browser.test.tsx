import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { sessionStore } from '../../app/sessionStore'
import { AgreedCard } from './AgreedCard'

const room = (status: string, outcome: string, planId = 'p1', observer = false) =>
  ({
    meeting: { id: 'm1' },
    planId,
    status,
    decision: { outcome },
    frozen: { version: 2 },
    you: { holder: false },
    seats: [{ agencyId: 'a1', own: true, observer }],
  }) as unknown as Room
const sign = (more: object) =>
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['agency'], ...more } } as never)

test('an agency takes its copy of what was agreed; one without copies reads it on the screen', async () => {
  sign({})
  const view = await render(<AgreedCard room={room('closed', 'agreed')} />)
  await expect
    .element(page.getByTestId('agreed-plan'))
    .toHaveAttribute('href', '/api/plans/p1/pdf?kind=plan&meeting=m1')
  await expect
    .element(page.getByTestId('agreed-matrix'))
    .toHaveAttribute('href', '/api/plans/p1/pdf?kind=matrix&meeting=m1')
  await expect.element(page.getByTestId('matrix-save')).toBeInTheDocument()
  // An agency that watches by its seat is not offered what the server refuses.
  await view.rerender(<AgreedCard room={room('closed', 'agreed', 'p1', true)} />)
  expect(page.getByTestId('matrix-save').query()).toBeNull()
  for (const r of [room('agreeing', 'agreed'), room('closed', 'again'), room('closed', 'agreed', '')]) {
    await view.rerender(<AgreedCard room={r} />)
    expect(page.getByTestId('agreed').query()).toBeNull()
  }
  sign({ noCopies: true })
  await view.rerender(<AgreedCard key="2" room={room('sealed', 'conditional')} />)
  await expect.element(page.getByTestId('agreed-read')).toHaveAttribute('href', '/plans/p1')
  expect(page.getByTestId('agreed-plan').query()).toBeNull()
})
