import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { NoteDialog } from './NoteDialog'

test('a note says whom it concerns', async () => {
  const asked = vi.spyOn(window, 'fetch').mockImplementation(
    async () =>
      new Response(
        JSON.stringify({
          persons: [
            { id: 'p1', name: '山﨑 キヨ', relation: '母' },
            { id: 'p2', name: '', initial: 'た' },
          ],
        }),
        {
          headers: { 'Content-Type': 'application/json' },
        },
      ),
  )
  const act = vi.fn(async () => {})
  await render(<NoteDialog caseId="c1" meeting="m1" kind="park" act={act} onClose={() => {}} />)
  await expect.element(page.getByTestId('note-person')).toHaveTextContent('山﨑 キヨ（母）')
  expect(asked.mock.calls[0]?.[0]).toContain('/cases/c1?meeting=m1')
  await userEvent.selectOptions(page.getByTestId('note-person'), 'p1')
  await userEvent.selectOptions(page.getByTestId('note-item'), 'health')
  await userEvent.fill(page.getByTestId('note-text'), '受診の付き添い')
  await page.getByTestId('note-save').click()
  expect(act).toHaveBeenCalledWith('note', {
    kind: 'park',
    text: '受診の付き添い',
    item: 'health',
    person: 'p1',
    shared: false,
  })
})
