import { useRef } from 'react'
import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Room } from '../../api/meeting'
import { TakenUp } from './TakenUp'

const said = (id: string, more: object) => ({
  id,
  version: 2,
  where: '訪問の頻度',
  text: '隔週で訪問する',
  reason: '',
  by: '中村',
  agencyName: '包括',
  at: '2026-11-23T01:00:00Z',
  doneAt: '2026-11-23T02:00:00Z',
  accepted: true,
  answer: '',
  withheld: false,
  ...more,
})

const room = (acts: object[], status = 'confirming') =>
  ({
    status,
    seats: [],
    acts,
    minutes: {
      version: 2,
      suggestions: [
        said('s1', {}),
        said('s2', { accepted: false, text: '反映しない文' }),
        said('s3', { version: 1, text: '前の版の文' }),
        said('s4', { withheld: true, text: '' }),
        said('s5', { doneAt: null, accepted: false, text: '返事待ちの文' }),
      ],
    },
  }) as unknown as Room

function Page({ room, act }: { room: Room; act: (a: string, p?: object) => Promise<void> }) {
  const top = useRef<HTMLDivElement>(null)
  return (
    <div ref={top}>
      <TakenUp room={room} act={act} page={top} />
      <h2>決定事項</h2>
      <textarea data-testid="other" defaultValue="見守りを続ける" />
      <textarea data-testid="place" defaultValue="訪問の頻度は週1回とする" />
    </div>
  )
}

test('what was taken up is at hand in the minutes: its words, its place, and the way to open them', async () => {
  const act = vi.fn(async () => {})
  await render(<Page room={room([{ act: 'amend', label: '会議録を修正する', allowed: true }])} act={act} />)
  const card = page.getByTestId('taken-up')
  await expect.element(card).toHaveTextContent('隔週で訪問する')
  for (const other of ['反映しない文', '前の版の文', '返事待ちの文'])
    expect(card.element().textContent).not.toContain(other)
  await page.getByTestId('taken-up-go-s1').click()
  await expect.element(page.getByTestId('place')).toHaveFocus()
  await page.getByTestId('taken-up-amend').click()
  await expect.element(page.getByTestId('param-reason')).toHaveValue('包括の申し出を反映するため')
  await page.getByTestId('do-amend').click()
  expect(act).toHaveBeenCalledWith('amend', { reason: '包括の申し出を反映するため' })
})

test('a final record has nothing to be put right', async () => {
  await render(<Page room={room([], 'sealed')} act={async () => {}} />)
  expect(page.getByTestId('taken-up').query()).toBeNull()
})
