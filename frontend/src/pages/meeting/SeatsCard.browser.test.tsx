import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { SeatsCard } from './SeatsCard'

const seat = (agencyId: string, name: string, more: object = {}) => ({
  agencyId,
  name,
  member: true,
  observer: false,
  speaker: '',
  proxy: '',
  excused: '',
  attended: false,
  here: false,
  asked: false,
  ...more,
})

const room = (mode: string, acts: string[]) =>
  ({
    meeting: { id: 'm1', caseId: 'c1', mode },
    status: 'draft',
    seats: [seat('a1', '福祉総務課', { attended: true }), seat('a2', '社協', { speaker: '井上', proxy: '課長' })],
    attendance: [],
    answers: { list: [], missing: [] },
    acts: acts.map(act => ({ act, label: act, allowed: true })),
  }) as unknown as Room

const json = (body: object) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
const serve = () =>
  vi.spyOn(window, 'fetch').mockImplementation(async url =>
    json(
      String(url).includes('/agencies')
        ? {
            agencies: [
              { id: 'a1', name: '福祉総務課', active: true },
              { id: 'a3', name: '消防署', active: true },
              { id: 'a4', name: '閉じた機関', active: false },
            ],
          }
        : { members: [{ agencyId: 'a1' }, { agencyId: 'a2' }], plans: [], persons: [] },
    ),
  )

test('an agency outside is called to a 支援会議 and designated, by keyboard alone', async () => {
  serve()
  const act = vi.fn(async () => {})
  await render(<SeatsCard room={room('support', ['seat', 'seat_remove', 'designate'])} act={act} />)
  ;(page.getByTestId('seat-add').element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  const agency = page.getByTestId('seat-agency')
  await expect.element(agency).toHaveTextContent('消防署')
  expect(agency.element().textContent).not.toContain('福祉総務課')
  expect(agency.element().textContent).not.toContain('閉じた機関')
  await userEvent.selectOptions(agency, 'a3')
  await expect.element(page.getByTestId('seat-ground')).toBeVisible()
  await userEvent.fill(page.getByTestId('seat-speaker'), '予防係')
  await userEvent.fill(page.getByTestId('seat-ground'), '救急の出動が続いたため')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await vi.waitFor(() => expect(act).toHaveBeenCalledTimes(2))
  expect(act.mock.calls).toEqual([
    ['seat', { agencyId: 'a3', speaker: '予防係', proxy: '', observer: false, member: false }],
    ['designate', { agencyId: 'a3', reason: '救急の出動が続いたため' }],
  ])
})

test('a seat is put right or taken away; who has attended keeps it', async () => {
  serve()
  const act = vi.fn(async () => {})
  await render(<SeatsCard room={room('layered', ['seat', 'seat_remove'])} act={act} />)
  await expect.element(page.getByText('課長の代理')).toBeVisible()
  await page.getByTestId('seat-change-a2').click()
  await userEvent.fill(page.getByTestId('seat-speaker'), '辻')
  await page.getByTestId('seat-save').click()
  await vi.waitFor(() =>
    expect(act).toHaveBeenCalledWith('seat', {
      agencyId: 'a2',
      speaker: '辻',
      proxy: '課長',
      observer: false,
      member: true,
    }),
  )
  expect(page.getByTestId('seat-remove-a1').query()).toBeNull()
  await page.getByTestId('seat-remove-a2').click()
  expect(act).toHaveBeenCalledTimes(1)
  await page.getByTestId('seat-remove-do').click()
  expect(act).toHaveBeenLastCalledWith('seat_remove', { id: 'a2' })
})

test('who does not run the meeting has no such buttons', async () => {
  await render(<SeatsCard room={room('layered', ['hand'])} act={async () => {}} />)
  for (const id of ['seat-add', 'seat-change-a2', 'seat-remove-a2']) expect(page.getByTestId(id).query()).toBeNull()
})
