import { useState } from 'react'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { ApiError } from '../api/ApiError'
import { words } from '../words'
import { PageState } from './PageState'

/** A page whose data comes with the third question. */
function Page({ asked }: { asked: { n: number } }) {
  const [there, setThere] = useState(false)
  const [error] = useState(() => new ApiError('offline', words.errors.offline))
  const [reload] = useState(() => async () => {
    if (++asked.n >= 2) setThere(true)
  })
  return there ? <p>here</p> : <PageState error={error} reload={reload} />
}

test('a page first opened while the line is cut says so, and is there by itself when the line is back', async () => {
  const asked = { n: 0 }
  const screen = await render(<Page asked={asked} />)
  await expect.element(screen.getByTestId('page-away')).toBeInTheDocument()
  expect(screen.getByText(words.errors.load).query()).toBeNull()
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => asked.n).toBe(1)
  window.dispatchEvent(new Event('online'))
  await expect.element(screen.getByText('here')).toBeInTheDocument()
})

test('a refusal is told as one, and not asked again by itself', async () => {
  let asked = 0
  const screen = await render(
    <PageState
      error={new ApiError('forbidden', '見られません')}
      reload={async () => {
        asked++
      }}
    />,
  )
  await expect.element(screen.getByText('見られません')).toBeInTheDocument()
  window.dispatchEvent(new Event('online'))
  expect(asked).toBe(0)
})
