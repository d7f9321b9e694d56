import { act } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { LiveDoc } from '../sync/LiveDoc'
import type { Peer } from '../sync/Peer'
import { Signal } from '../sync/Signal'
import { usePeersAt } from './usePeersAt'

function presence() {
  let list: Peer[] = []
  const changed = new Signal()
  const peer = (clientId: number, at: string): Peer => ({
    clientId,
    name: `人${clientId}`,
    agencyId: 'a',
    agency: '包括',
    hue: 1,
    at,
    typing: false,
  })
  return {
    doc: { presence: { changed, peers: () => list } } as unknown as LiveDoc,
    /** Everybody's place anew, as each awareness message makes it. */
    move: (...at: string[]) =>
      act(() => {
        list = at.map((a, i) => peer(i + 1, a))
        changed.emit()
      }),
  }
}

test('a field is drawn anew when somebody comes into it or leaves it, not when others move elsewhere', async () => {
  const { doc, move } = presence()
  const drawn = { one: 0, two: 0 }
  function Cell({ at, name }: { at: string; name: 'one' | 'two' }) {
    drawn[name]++
    return (
      <p data-testid={name}>
        {usePeersAt(doc, at)
          .map(p => p.name)
          .join()}
      </p>
    )
  }
  await render(
    <>
      <Cell at="cell/x/a1" name="one" />
      <Cell at="cell/x/a2" name="two" />
    </>,
  )
  const begun = { ...drawn }
  await move('policy', 'need/y/text')
  await move('wish', 'policy')
  expect(drawn).toEqual(begun)
  await move('cell/x/a1/content', 'policy')
  await expect.element(page.getByTestId('one')).toHaveTextContent('人1')
  expect(drawn).toEqual({ one: begun.one + 1, two: begun.two })
  await move('cell/x/a1/content', 'cell/x/a2')
  await move('cell/x/a2/limits', 'wish')
  await expect.element(page.getByTestId('one')).toHaveTextContent('')
  await expect.element(page.getByTestId('two')).toHaveTextContent('人1')
})
