import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { CaseSummary } from '../../api/cases'
import { CaseSelect } from './CaseSelect'

const line = (n: number): CaseSummary => ({
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

function Form({ more, sent }: { more: boolean; sent: () => void }) {
  const [id, setId] = useState('')
  return (
    <form
      onSubmit={e => {
        e.preventDefault()
        sent()
      }}
    >
      <CaseSelect label="ケース" value={id} onValue={setId} first={[line(9)]} more={more} data-testid="case" />
      <output>{id}</output>
      <button type="submit">送る</button>
    </form>
  )
}

test('a case that is not among the newest is found by Enter, the form is not sent, and a choice stays a choice', async () => {
  const asked: unknown[] = []
  vi.spyOn(window, 'fetch').mockImplementation(async (_, init) => {
    asked.push(JSON.parse(String(init?.body)))
    const cases = asked.length === 1 ? [line(3)] : []
    return new Response(JSON.stringify({ cases, next: '' }), { headers: { 'Content-Type': 'application/json' } })
  })
  const sent = vi.fn()
  await render(<Form more sent={sent} />)
  await page.getByTestId('case-search').fill('髙橋')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('1件が見つかりました')).toBeVisible()
  await page.getByTestId('case').selectOptions('c3')
  await expect.element(page.getByRole('status').first()).toBeVisible()
  await page.getByTestId('case-search').fill('いない')
  await page.getByTestId('case-find').click()
  await expect.element(page.getByText('見つかりません')).toBeVisible()
  await expect.element(page.getByTestId('case')).toHaveValue('c3')
  expect(asked).toEqual([{ q: '髙橋' }, { q: 'いない' }])
  expect(sent).not.toHaveBeenCalled()
})

test('where the newest are all, nothing is to be looked for', async () => {
  await render(<Form more={false} sent={() => {}} />)
  await page.getByTestId('case').selectOptions('c9')
  expect(page.getByTestId('case-search').query()).toBeNull()
})
