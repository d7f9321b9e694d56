import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { HandsCard } from './HandsCard'

const room = (acts: string[]) =>
  ({
    hands: [],
    floor: 'a1',
    seats: [{ agencyId: 'a1', name: '社協' }],
    acts: acts.map(act => ({ act, label: act, allowed: true })),
  }) as unknown as Room

test('who speaks is taken off by who gave the word, and by nobody else', async () => {
  const act = vi.fn(async () => {})
  const view = await render(<HandsCard room={room(['floor'])} act={act} />)
  await page.getByTestId('floor-end').click()
  expect(act).toHaveBeenCalledWith('floor', { agencyId: '' })
  await view.rerender(<HandsCard room={room(['hand'])} act={act} />)
  await expect.element(page.getByText('社協')).toBeVisible()
  expect(page.getByTestId('floor-end').query()).toBeNull()
})
