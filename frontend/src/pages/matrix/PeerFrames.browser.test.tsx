import { expect, test } from 'vitest'
import type { LiveDoc } from '../../sync/LiveDoc'
import type { Peer } from '../../sync/Peer'
import { Signal } from '../../sync/Signal'
import '../../parts/tokens.css'
import '../../parts/base.css'
import './matrix.css'
import { PeerFrames } from './PeerFrames'

const peer = (clientId: number, at: string, agency = '包括'): Peer => ({
  clientId,
  name: `人${clientId}`,
  agencyId: 'a',
  agency,
  hue: 1,
  at,
  typing: false,
})

function stage() {
  document.body.innerHTML = `<div class="matrix-wrap" style="width:500px"><table class="matrix"><tbody>
    <tr><td data-cell="r1/a">あ</td><td data-cell="r1/b">い</td></tr><tr><td data-cell="r2/a">う</td><td data-cell="r2/b">え</td></tr>
    </tbody></table><div class="cell-peers" aria-hidden="true"></div></div>`
  let list: Peer[] = []
  const changed = new Signal()
  const doc = { presence: { changed, peers: () => list } } as unknown as LiveDoc
  const frames = new PeerFrames(
    document.querySelector('.cell-peers') as HTMLElement,
    document.querySelector('table') as HTMLElement,
  )
  frames.follow([doc])
  const cell = (id: string) => document.querySelector(`[data-cell="${id}"]`) as HTMLElement
  /** Texts of the frames that are seen over a cell. */
  const over = (id: string) => {
    const c = cell(id).getBoundingClientRect()
    return [...document.querySelectorAll<HTMLElement>('.cell-peer')]
      .filter(f => f.style.opacity === '1')
      .filter(f => {
        const b = f.getBoundingClientRect()
        return (
          Math.abs(b.left - c.left) +
            Math.abs(b.top - c.top) +
            Math.abs(b.width - c.width) +
            Math.abs(b.height - c.height) <
          2
        )
      })
      .map(f => f.textContent)
  }
  const move = (...p: Peer[]) => {
    list = p
    changed.emit()
  }
  return { frames, cell, over, move }
}

test('a frame goes with its person, and a screen reader hears in the cell who is there', () => {
  const { frames, cell, over, move } = stage()
  move(peer(1, 'cell/r1/a/content'), peer(2, 'policy'))
  expect(over('r1/a')).toEqual(['包括が入力中'])
  const said = () => document.getElementById(cell('r1/a').getAttribute('aria-describedby') ?? '')?.textContent ?? ''
  expect(said()).toBe('包括が入力中')
  move(peer(1, 'cell/r2/b'), peer(2, 'cell/r2/b/limits', '学校'))
  expect([over('r1/a'), over('r2/b')]).toEqual([[], ['包括が入力中']])
  expect(said()).toBe('')
  move(peer(2, 'cell/r2/b/limits', '学校'))
  expect(over('r2/b')).toEqual(['学校が入力中'])
  frames.stop()
  expect(cell('r2/b').hasAttribute('aria-describedby')).toBe(false)
})

test('when the table grows the frames follow; no cell is touched when somebody moves', async () => {
  const { cell, over, move } = stage()
  move(peer(1, 'cell/r2/a/content'))
  cell('r1/b').innerHTML = 'い<br>い<br>い<br>い<br>い<br>い<br>い'
  await expect.poll(() => over('r2/a')).toEqual(['包括が入力中'])
  let touched = 0
  const watch = new MutationObserver(list => {
    touched += list.length
  })
  watch.observe(document.querySelector('table') as HTMLElement, { childList: true, characterData: true, subtree: true })
  move(peer(1, 'cell/r1/a/content'))
  touched += watch.takeRecords().length
  expect(touched).toBe(0)
  expect(over('r1/a')).toEqual(['包括が入力中'])
})
