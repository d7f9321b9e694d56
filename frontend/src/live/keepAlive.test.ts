import { expect, it } from 'vitest'
import { KEEP_ALIVE, keepAlive } from './keepAlive'

it('asks at the first input after five minutes, and not without input', () => {
  let [now, asked] = [0, 0]
  const touch = keepAlive(
    () => asked++,
    () => now,
  )
  touch()
  now = KEEP_ALIVE - 1
  touch()
  expect(asked).toBe(0)
  now = KEEP_ALIVE
  touch()
  touch()
  expect(asked).toBe(1)
  now = 10 * KEEP_ALIVE
  expect(asked).toBe(1)
  touch()
  expect(asked).toBe(2)
})
