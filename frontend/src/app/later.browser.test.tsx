import { useState } from 'react'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { Tabs } from '../parts/Tabs'
import { ErrorBoundary } from './ErrorBoundary'
import { later } from './later'

const parts = () => {
  const come: Record<string, () => void> = {}
  const make = (name: string) =>
    later<object>(
      () =>
        new Promise(go => {
          come[name] = () => go(() => <p>{name} is here</p>)
        }),
    )
  return { One: make('one'), Two: make('two'), come }
}

function Page({ One, Two }: ReturnType<typeof parts>) {
  const [at, setAt] = useState('one')
  return (
    <Tabs label="x" tabs={['one', 'two'].map(id => ({ id, label: id }))} current={at} onSelect={setAt}>
      {at === 'one' ? <One /> : <Two />}
    </Tabs>
  )
}

test('a part waits in its place and comes; the tab keeps the focus', async () => {
  const p = parts()
  const screen = await render(<Page {...p} />)
  await expect.element(screen.getByTestId('waiting')).toBeInTheDocument()
  const tab = screen.getByTestId('tab-two')
  await tab.click()
  p.come.two?.()
  await expect.element(screen.getByText('two is here')).toBeInTheDocument()
  await expect.element(tab).toHaveFocus()
  expect(screen.container.querySelector('[data-testid=waiting]')).toBeNull()
})

test('a part fetched before is drawn with the very click: nothing is empty in between', async () => {
  const p = parts()
  const loads = [p.One.load(), p.Two.load()]
  p.come.one?.()
  p.come.two?.()
  await Promise.all(loads)
  const screen = await render(<Page {...p} />)
  const seen: string[] = []
  const watch = new MutationObserver(() =>
    seen.push(screen.container.querySelector('[role=tabpanel]')?.textContent ?? ''),
  )
  watch.observe(screen.container, { childList: true, subtree: true })
  await screen.getByTestId('tab-two').click()
  await expect.element(screen.getByText('two is here')).toBeInTheDocument()
  watch.disconnect()
  expect(seen).toEqual(['two is here'])
})

test('a part that is gone is told by the boundary, and asked for again by its button', async () => {
  let there = false
  const Part = later<object>(() => (there ? Promise.resolve(() => <p>here</p>) : Promise.reject(new TypeError('404'))))
  const screen = await render(
    <ErrorBoundary>
      <Part />
    </ErrorBoundary>,
  )
  await expect.element(screen.getByTestId('broken')).toBeInTheDocument()
  there = true
  await screen.getByTestId('broken').getByRole('button').first().click()
  await expect.element(screen.getByText('here', { exact: true })).toBeInTheDocument()
})

test('what was typed into a part that had to be waited for stays when the page around it is drawn again', async () => {
  let come = () => {}
  const Form = later<object>(
    () =>
      new Promise(go => {
        come = () => go(() => <input aria-label="words" />)
      }),
  )
  const screen = await render(<Form />)
  await expect.element(screen.getByTestId('waiting')).toBeInTheDocument()
  come()
  await screen.getByLabelText('words').fill('まだ保存していない文')
  await screen.rerender(<Form />)
  await expect.element(screen.getByLabelText('words')).toHaveValue('まだ保存していない文')
})
