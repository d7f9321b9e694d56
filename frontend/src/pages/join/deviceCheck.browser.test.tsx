import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { words } from '../../words'
import { DeviceCheck } from './DeviceCheck'
import { clockMark } from './deviceCheck'

const w = words.during
let opens: boolean
class Socket {
  onopen?: () => void
  onerror?: () => void
  constructor(readonly url: string) {
    setTimeout(() => (opens ? this.onopen?.() : this.onerror?.()))
  }
  close() {}
}

const answers = (date: Date, ok = true) =>
  vi.stubGlobal('fetch', async () => {
    if (!ok) throw new TypeError('offline')
    return new Response('ok\n', { headers: { Date: date.toUTCString() } })
  })

afterEach(() => vi.unstubAllGlobals())

test('a device on which everything is there', async () => {
  opens = true
  vi.stubGlobal('WebSocket', Socket)
  answers(new Date())
  await render(<DeviceCheck />)
  await expect.element(page.getByTestId('device-sum')).toHaveTextContent(w.deviceAll)
})

test('what is missing is named, with what follows from it', async () => {
  opens = false
  vi.stubGlobal('WebSocket', Socket)
  answers(new Date(Date.now() + 600_000))
  await render(<DeviceCheck />)
  await expect.element(page.getByTestId('device-sum')).toHaveTextContent(w.deviceSome)
  await expect.element(page.getByTestId('device-line')).toHaveTextContent('約2秒おき')
  await expect.element(page.getByTestId('device-clock')).toHaveTextContent('ずれています')
  answers(new Date(), false)
  await page.getByTestId('device-again').click()
  await expect.element(page.getByTestId('device-sum')).toHaveTextContent(w.deviceNone)
  await expect.element(page.getByTestId('device-server')).toHaveAttribute('data-mark', 'bad')
})

test('the clock', () => {
  const now = Date.parse('2026-11-23T01:00:00Z')
  expect(clockMark('Mon, 23 Nov 2026 01:00:30 GMT', now)).toBe('ok')
  expect(clockMark('Mon, 23 Nov 2026 01:02:00 GMT', now)).toBe('warn')
  expect(clockMark('', now)).toBe('ok')
})
