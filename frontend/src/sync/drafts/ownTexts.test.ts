import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ownTexts } from './ownTexts'

/** A document with text of others, and what is typed in it from then on as drafts. */
function writing(others: string) {
  const server = new Y.Doc()
  server.getText('t:wish').insert(0, others)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
  const drafts: { update: Uint8Array; texts: string[] }[] = []
  doc.on('update', (update: Uint8Array) => drafts.push({ update, texts: ['wish'] }))
  return { text: doc.getText('t:wish'), doc, drafts }
}

test('own letters only, in the order they are read in', () => {
  const { text, drafts } = writing('母の言葉。父の言葉。')
  text.insert(5, '私はB')
  text.insert(7, 'A')
  text.insert(0, '初めに。')
  text.delete(4, 2) // of the others
  expect(ownTexts(drafts)).toEqual({ wish: '私はAB\n初めに。' })
})

test('what one took back is not offered', () => {
  const { text, drafts } = writing('母')
  text.insert(1, '書いて消す')
  text.delete(3, 3)
  expect(ownTexts(drafts)).toEqual({ wish: '書い' })
  text.delete(1, 2)
  expect(ownTexts(drafts)).toEqual({})
})

test('a text nobody had written in names itself', () => {
  const { doc, drafts } = writing('母')
  doc.transact(() => {
    doc.getText('t:risk').insert(0, '夜は')
    doc.getMap('v').set('lead', 'a1')
  })
  expect(ownTexts(drafts)).toEqual({ risk: '夜は' })
})

test('random writing alone in a text gives that text', () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed
    const rnd = (n: number) => {
      state = (state * 48271) % 2147483647
      return state % n
    }
    const { text, drafts } = writing('')
    for (let i = 0; i < 60; i++) {
      if (text.length && rnd(3) === 0) {
        const at = rnd(text.length)
        text.delete(at, 1 + rnd(Math.min(3, text.length - at)))
      } else text.insert(rnd(text.length + 1), 'あいうえおか𠮷'.slice(0, 1 + rnd(6)))
    }
    const own = ownTexts(drafts).wish ?? ''
    // Pieces whose first neighbour was taken back may stand alone; their letters are all there and no others.
    expect([...own.replaceAll('\n', '')].sort().join(''), `seed ${seed}`).toBe([...text.toString()].sort().join(''))
  }
})
