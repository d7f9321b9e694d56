import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { ErrorBoundary } from './ErrorBoundary'

let broken = true
const Part = () => {
  if (broken) throw new Error('cannot be drawn')
  return <p>描けた</p>
}

test('a part that cannot be drawn leaves the rest alone and can be drawn again', async () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
  const screen = await render(
    <>
      <p>ほかの欄</p>
      <ErrorBoundary>
        <Part />
      </ErrorBoundary>
    </>,
  )
  await expect.element(screen.getByText('ほかの欄')).toBeVisible()
  await expect.element(screen.getByRole('alert')).toBeVisible()
  broken = false
  await screen.getByRole('button', { name: 'もう一度表示する' }).click()
  await expect.element(screen.getByText('描けた')).toBeVisible()
  quiet.mockRestore()
})
