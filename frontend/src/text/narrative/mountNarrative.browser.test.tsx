import { expect, test } from 'vitest'
import * as Y from 'yjs'
import '../../live/live.css'
import { compose } from '../../test/compose'
import { imeCases } from '../../test/imeCases.mjs'
import type { Carets } from '../Carets'
import { YText } from '../YText'
import { mountNarrative } from './mountNarrative'

function mount(carets?: Carets) {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  theirs.getText('t:x').insert(0, '支援計画の本文です。')
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  mine.on('update', u => Y.applyUpdate(theirs, u, 'net'))
  theirs.on('update', (u, origin) => origin !== 'net' && Y.applyUpdate(mine, u, 'net'))
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  const text = new YText(mine, 'x')
  const view = mountNarrative(host, text, { attributes: { 'aria-label': 'x' }, ...(carets ? { carets } : {}) })
  view.focus()
  return { view, host, text, mine: mine.getText('t:x'), theirs: theirs.getText('t:x') }
}

test.each(imeCases)('composition lives: $name', async c => {
  const { view, mine, theirs } = mount()
  const [anchor, head] = c.select ?? [5, 5]
  view.dispatch({ selection: { anchor, head } })
  await new Promise(r => setTimeout(r, 30))
  let [starts, ends] = [0, 0]
  view.contentDOM.addEventListener('compositionstart', () => starts++)
  view.contentDOM.addEventListener('compositionend', () => ends++)
  await compose(step => c.edit(theirs, step))
  expect(theirs.toString()).toBe(c.want)
  expect(mine.toString()).toBe(c.want)
  expect(view.state.doc.toString()).toBe(c.want)
  expect([starts, ends]).toEqual([1, 1])
  view.destroy()
})

test('carets of others move while one composes, and are no text', async () => {
  const text: { anchor?: unknown } = {}
  let ring = () => {}
  const carets: Carets = {
    publish: () => {},
    others: () => (text.anchor ? [{ id: 1, name: '山田', hue: 3, anchor: text.anchor }] : []),
    observe: l => {
      ring = l
      return () => {}
    },
  }
  const { view, host, text: shared, theirs } = mount(carets)
  text.anchor = shared.anchor(7)
  ring()
  view.dispatch({ selection: { anchor: 5 } })
  await new Promise(r => setTimeout(r, 30))
  await compose(step => {
    if (step === 4) theirs.insert(0, '★')
  })
  expect(view.state.doc.toString()).toBe('★支援計画の日本語本文です。')
  const caret = host.querySelector('.remote-caret') as Element
  expect(caret.textContent).toBe('')
  expect(caret.closest('[aria-hidden=true]')).toBe(host.querySelector('.remote-carets'))
  expect(view.contentDOM.contains(caret)).toBe(false)
  await expect
    .poll(() =>
      Math.abs(caret.getBoundingClientRect().left + 1 - (view.coordsAtPos('★支援計画の日本語本文'.length)?.left ?? 0)),
    )
    .toBeLessThan(1)
  view.destroy()
})
