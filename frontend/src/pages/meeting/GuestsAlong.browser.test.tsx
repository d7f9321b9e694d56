import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { GuestsAlong } from './GuestsAlong'

const NOW = '2026-11-23T02:00:00Z'
const guest = (id: string, agencyId: string, more: object = {}) => ({
  id,
  name: id,
  agencyId,
  post: '',
  expiresAt: '2026-11-23T15:00:00Z',
  usedAt: '2026-11-23T01:00:00Z',
  admittedAt: '2026-11-23T01:01:00Z',
  ...more,
})
const room = (first: string) =>
  ({
    meeting: { id: 'm3' },
    status: 'reception',
    now: NOW,
    seats: [{ agencyId: 'a1' }],
    sitting: {
      pos: 3,
      next: '',
      cases: [
        { meetingId: 'm1', status: first },
        { meetingId: 'm2', status: 'cancelled' },
        { meetingId: 'm3', status: 'reception' },
      ],
    },
  }) as unknown as Room

test('guests of the case before with a seat here are taken along; others are not offered', async () => {
  const calls: string[] = []
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    calls.push(`${init?.method ?? 'GET'} ${String(url)} ${init?.body ?? ''}`)
    if (init?.method === 'POST') return new Response(null, { status: 204 })
    return new Response(
      JSON.stringify({
        guests: [
          guest('渡邉', 'a1'),
          guest('別の機関', 'a9'),
          guest('待つ人', 'a1', { admittedAt: null }),
          guest('取消', 'a1', { revokedAt: NOW }),
        ],
      }),
      { headers: { 'Content-Type': 'application/json' } },
    )
  })
  const reload = vi.fn(async () => {})
  const view = await render(<GuestsAlong room={room('closed')} reload={reload} />)
  const banner = page.getByTestId('guests-along')
  await expect.element(banner).toHaveTextContent('渡邉')
  for (const other of ['別の機関', '待つ人', '取消']) expect(banner.element().textContent).not.toContain(other)
  await page.getByTestId('along-渡邉').click()
  await vi.waitFor(() => expect(reload).toHaveBeenCalled())
  expect(calls[0]).toContain('/meetings/m1/guests')
  expect(calls).toContain('POST /api/meetings/m3/guests/carry {"guestId":"渡邉"}')
  calls.length = 0
  await view.rerender(<GuestsAlong key="2" room={room('open')} reload={reload} />)
  expect(page.getByTestId('guests-along').query()).toBeNull()
  expect(calls).toEqual([])
})
