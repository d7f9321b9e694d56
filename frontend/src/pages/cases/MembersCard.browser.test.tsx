import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { CaseMember } from '../../api/cases'
import { MembersCard } from './MembersCard'

const members = [
  { agencyId: 'a1', name: '社協', note: '', since: '2026-04-01T00:00:00Z' },
  { agencyId: 'a2', name: '保健所', note: '', since: '2026-04-01T00:00:00Z' },
] as CaseMember[]

test('an agency is taken out of the case after what ends with it was said', async () => {
  const calls: string[] = []
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    calls.push(`${init?.method ?? 'GET'} ${String(url)}`)
    return init?.method === 'DELETE'
      ? new Response(null, { status: 204 })
      : new Response('{"agencies":[]}', { headers: { 'Content-Type': 'application/json' } })
  })
  const changed = vi.fn(async () => {})
  const view = await render(<MembersCard caseId="c1" members={members} mayEdit onChanged={changed} />)
  await page.getByTestId('member-remove-a2').click()
  await expect
    .element(page.getByTestId('member-remove-dialog'))
    .toHaveTextContent('保健所は、このケースの記録とプランを見られなくなります')
  expect(calls.some(c => c.startsWith('DELETE'))).toBe(false)
  await page.getByTestId('member-remove-do').click()
  await vi.waitFor(() => expect(changed).toHaveBeenCalled())
  expect(calls.filter(c => c.startsWith('DELETE'))).toEqual(['DELETE /api/cases/c1/members/a2'])
  await view.rerender(<MembersCard caseId="c1" members={members} mayEdit={false} onChanged={changed} />)
  expect(page.getByTestId('member-remove-a1').query()).toBeNull()
})
