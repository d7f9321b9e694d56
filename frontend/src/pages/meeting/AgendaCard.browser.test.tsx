import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { words } from '../../words'
import { AgendaCard } from './AgendaCard'

const line = (id: string, title: string, more: object = {}) => ({
  id,
  title,
  purpose: 'share',
  purposeLabel: '共有',
  point: '論点',
  item: 'basic',
  person: '',
  minutes: 10,
  state: '',
  note: '',
  withheld: false,
  ...more,
})

const room = {
  agenda: [
    line('a1', '近隣との関係'),
    line('a2', '同意範囲外', { withheld: true }),
    line('a3', '済んだ議題', { state: 'resolved' }),
  ],
  acts: [{ act: 'agenda', label: '議題を加える・直す', allowed: true }],
} as unknown as Room

test('an 議題 is put right, also its class of information; one that is withheld or settled is not', async () => {
  const act = vi.fn(async () => {})
  await render(<AgendaCard room={room} act={act} />)
  expect(page.getByTestId('agenda-change-2').query()).toBeNull()
  expect(page.getByTestId('agenda-change-3').query()).toBeNull()
  await page.getByTestId('agenda-change-1').click()
  await userEvent.fill(page.getByTestId('agenda-new-title'), '近隣からの通報')
  await userEvent.selectOptions(page.getByLabelText(words.meeting.agendaItem), 'abuse')
  await page.getByTestId('agenda-save').click()
  expect(act).toHaveBeenCalledWith('agenda', {
    id: 'a1',
    title: '近隣からの通報',
    purpose: 'share',
    kind: '',
    point: '論点',
    item: 'abuse',
    person: '',
    minutes: 10,
    state: '',
    note: '',
  })
  await vi.waitFor(() => expect(page.getByTestId('agenda-new-title').query()).toBeNull())
})
