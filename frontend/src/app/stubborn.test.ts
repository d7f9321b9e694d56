import { beforeEach, expect, test } from 'vitest'
import { stubborn } from './stubborn'

beforeEach(() => {
  globalThis.window ??= new EventTarget() as unknown as Window & typeof globalThis
})

test('while the line is cut it is asked again until it comes, at once when the browser says that the line is back', async () => {
  let asked = 0
  const file = stubborn(
    () => (++asked < 3 ? Promise.reject(new TypeError('cut')) : Promise.resolve('here')),
    async () => false,
    3_600_000,
  )
  for (let i = 0; i < 2; i++) {
    const before = asked
    while (asked === before) {
      await new Promise(r => setTimeout(r))
      window.dispatchEvent(new Event('online'))
    }
  }
  expect(await file).toBe('here')
})

test('a server that answers and has not got the file is asked once more, not for ever', async () => {
  let asked = 0
  await expect(
    stubborn(
      () => Promise.reject(new TypeError(`gone ${++asked}`)),
      async () => true,
    ),
  ).rejects.toThrow('gone 1')
  expect(asked).toBe(2)
})
