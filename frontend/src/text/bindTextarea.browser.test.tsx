import { expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import * as Y from 'yjs'
import { compose } from '../test/compose'
import { imeCases } from '../test/imeCases.mjs'
import { bindTextarea } from './bindTextarea'
import { YText } from './YText'

function mount(text = '支援計画の本文です。') {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  theirs.getText('t:x').insert(0, text)
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  mine.on('update', u => Y.applyUpdate(theirs, u, 'net'))
  theirs.on('update', (u, origin) => origin !== 'net' && Y.applyUpdate(mine, u, 'net'))
  const el = document.createElement('textarea')
  el.setAttribute('aria-label', 'x')
  document.body.replaceChildren(el)
  const unbind = bindTextarea(new YText(mine, 'x'), el)
  el.focus()
  return { el, mine: mine.getText('t:x'), theirs: theirs.getText('t:x'), unbind }
}

const press = async (key: string, code: number) => {
  const s = cdp() as unknown as { send(m: string, p: object): Promise<unknown> }
  const common = { key, windowsVirtualKeyCode: code, modifiers: 2 }
  await s.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...common })
  await s.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common })
}

test.each(imeCases)('composition lives: $name', async c => {
  const { el, mine, theirs, unbind } = mount()
  el.setSelectionRange(...(c.select ?? [5, 5]))
  let [starts, ends] = [0, 0]
  el.addEventListener('compositionstart', () => starts++)
  el.addEventListener('compositionend', () => ends++)
  await compose(step => c.edit(theirs, step))
  expect(theirs.toString()).toBe(c.want)
  expect(mine.toString()).toBe(c.want)
  expect(el.value).toBe(c.want)
  expect([starts, ends]).toEqual([1, 1])
  expect(el.value.slice(0, el.selectionStart).endsWith('日本語')).toBe(true)
  await press('z', 90)
  expect(theirs.toString()).toBe(c.undone ?? c.want.replace('日本語', ''))
  await press('y', 89)
  expect(el.value).toBe(c.want)
  unbind()
})

test('a composition over a selection keeps what others put inside it', async () => {
  const { el, theirs, unbind } = mount()
  el.setSelectionRange(2, 5)
  await compose(step => {
    if (step === 3) theirs.insert(4, '★')
  })
  expect(theirs.toString()).toBe('支援日本語★本文です。')
  expect(el.value).toBe(theirs.toString())
  unbind()
})

test('nothing half-typed is shared, and a held change shows afterwards', async () => {
  const { el, theirs, unbind } = mount('')
  const seen: string[] = []
  theirs.observe(() => seen.push(theirs.toString()))
  await compose()
  expect(seen).toEqual(['日本語'])
  expect(el.value).toBe('日本語')
  unbind()
})
