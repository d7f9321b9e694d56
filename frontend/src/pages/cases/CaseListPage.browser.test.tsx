import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { CaseListPage } from './CaseListPage'

vi.mock('../../app/useActor', () => ({ useActor: () => ({ roles: ['observer'] }) }))

const line = (n: number) => ({
  id: `c${n}`,
  number: `K2026-000${n}`,
  stage: 'intake',
  stageLabel: 'インテーク',
  initials: 'た',
  persons: 1,
  agencies: 1,
  openedAt: '2026-04-01T00:00:00Z',
  updatedAt: '2026-04-01T00:00:00Z',
})

test('older cases come a page at a time, and a stage narrows the list from its beginning', async () => {
  const asked: unknown[] = []
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    const body = init?.body ? JSON.parse(String(init.body)) : null
    asked.push(body ?? String(url))
    const pages: Record<string, object> = {
      '': { cases: [line(9), line(8)], next: 'K2026-0008' },
      'K2026-0008': { cases: [line(7)], next: '' },
    }
    return new Response(JSON.stringify(body?.stage ? { cases: [line(3)], next: '' } : pages[body?.after ?? '']), {
      headers: { 'Content-Type': 'application/json' },
    })
  })
  await render(<CaseListPage />)
  await expect.element(page.getByTestId('case-K2026-0008')).toBeVisible()
  await page.getByTestId('case-more').click()
  await expect.element(page.getByTestId('case-K2026-0007')).toBeVisible()
  await expect.element(page.getByTestId('case-K2026-0009')).toBeVisible()
  expect(page.getByTestId('case-more').query()).toBeNull()
  await page.getByTestId('case-stage-filter').selectOptions('supporting')
  await expect.element(page.getByTestId('case-K2026-0003')).toBeVisible()
  expect(page.getByTestId('case-K2026-0009').query()).toBeNull()
  expect(asked).toEqual([
    '/api/cases',
    { q: '', stage: '', after: 'K2026-0008' },
    { q: '', stage: 'supporting', after: '' },
  ])
})
