import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { judgeAck } from '../sync/judgeAck'
import { ConnectionBarView } from './ConnectionBarView'

const now = Date.UTC(2026, 10, 23, 1, 5)
const facts = { pending: 0, oldest: 0, savedAt: now, online: true, offlineSince: 0 }

test.each([
  [facts, '保存済み（10:05）', 'calm'],
  [{ ...facts, pending: 2, oldest: now - 1000 }, '送信中（2件）', 'calm'],
  [{ ...facts, pending: 2, oldest: now - 6000 }, '未送信（2件・この端末にあります）', 'amber'],
  [
    { ...facts, pending: 3, oldest: now - 21_000, online: false, offlineSince: now - 21_000 },
    '未送信（3件・この端末にあります）',
    'red',
  ],
] as const)('%o', async (f, label, tone) => {
  await render(<ConnectionBarView ack={judgeAck(f, now)} unsavedText={() => '文'} />)
  await expect.element(page.getByTestId('ack-label')).toHaveTextContent(label)
  await expect.element(page.getByTestId('connection-bar')).toHaveAttribute('data-tone', tone)
  expect(page.getByTestId('copy').elements().length).toBe(tone === 'red' ? 1 : 0)
})
