import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { OverviewPage } from './OverviewPage'

const line = (n: number, state: string) => ({
  caseId: `c${n}`,
  caseNumber: `K2026-000${n}`,
  initial: 'た',
  needs: ['居場所'],
  state,
  stateLabel: state === 'ended' ? '終了' : '探している',
  places: [],
  agencyName: '社協',
  openedOn: '2026-04-01',
  lastOn: '2026-04-01',
  quiet: 40,
})

test('what goes on comes a page at a time, and a state asks for its own list', async () => {
  const asked: string[] = []
  vi.spyOn(window, 'fetch').mockImplementation(async url => {
    asked.push(String(url))
    const q = new URL(String(url), 'http://x').searchParams
    const ended = q.get('state') === 'ended'
    const body = {
      lines: ended ? [line(7, 'ended')] : q.get('after') ? [line(2, 'looking')] : [line(1, 'looking')],
      next: ended || q.get('after') ? '' : '2026-04-01~j1',
      counts: { looking: 2, ended: 1 },
      states: [
        { state: 'looking', label: '探している' },
        { state: 'ended', label: '終了' },
      ],
    }
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
  })
  await render(<OverviewPage />)
  await expect.element(page.getByText('2件のうち1件')).toBeVisible()
  await page.getByTestId('joinings-more').click()
  await expect.element(page.getByText('K2026-0002')).toBeVisible()
  await expect.element(page.getByText('K2026-0001')).toBeVisible()
  expect(page.getByTestId('joinings-more').query()).toBeNull()
  await page.getByTestId('joinings-state').selectOptions('ended')
  await expect.element(page.getByText('K2026-0007')).toBeVisible()
  expect(page.getByText('K2026-0001').query()).toBeNull()
  expect(asked).toEqual([
    '/api/joinings?state=&after=',
    '/api/joinings?state=&after=2026-04-01~j1',
    '/api/joinings?state=ended&after=',
  ])
})
