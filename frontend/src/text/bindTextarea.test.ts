import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { bindTextarea } from './bindTextarea'
import { FakeField } from './FakeField'
import { YText } from './YText'

const SEED = Number(process.env.SEED ?? 20261123)
const CASES = 2000
const WORDS = ['あ', '日本語', '𠮷', '邉\u{E0100}', 'x', '\n', '支援', '🇯🇵']

function dice(seed: number) {
  let s = seed >>> 0
  return (n: number) => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** A place between two whole characters. */
function edge(text: string, n: number): number {
  const ends = [0]
  for (const c of text) ends.push((ends.at(-1) as number) + c.length)
  return ends[n % ends.length] as number
}

const count = (s: string, x: string) => s.split(x).length - 1

function pair() {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  a.on('update', (u, origin) => origin !== 'b' && Y.applyUpdate(b, u, 'a'))
  b.on('update', (u, origin) => origin !== 'a' && Y.applyUpdate(a, u, 'b'))
  return { a, b }
}

test(`composition and remote edits, ${CASES} random cases, seed ${SEED}`, () => {
  for (let c = 0; c < CASES; c++) {
    const roll = dice(SEED + c)
    const { a, b } = pair()
    const [mine, theirs] = [new YText(a, 'x'), b.getText('t:x')]
    theirs.insert(0, Array.from({ length: roll(6) }, () => WORDS[roll(WORDS.length)]).join(''))
    const el = new FakeField()
    const unbind = bindTextarea(mine, el as unknown as HTMLTextAreaElement)
    const typed: string[] = []
    const inserted: string[] = []
    const remote = () => {
      const text = theirs.toString()
      const at = edge(text, roll(20))
      if (roll(3) === 0 && text.length) {
        // others only take away what was there from the start, so that nobody's new words may go
        const end = edge(text, roll(20))
        const part = text.slice(Math.min(at, end), Math.max(at, end))
        if (!/[①②③]/.test(part)) theirs.delete(Math.min(at, end), part.length)
      } else {
        const word = `②${inserted.length}③`
        inserted.push(word)
        theirs.insert(at, word)
      }
    }
    for (let round = 0; round < 3; round++) {
      const [p, q] = [edge(el.value, roll(20)), edge(el.value, roll(20))]
      const start = Math.min(p, q)
      const end = roll(2) && !/[①②③]/.test(el.value.slice(start, Math.max(p, q))) ? Math.max(p, q) : start
      el.setSelectionRange(start, end)
      el.dispatchEvent(new Event('compositionstart'))
      // Before anything is typed the field still follows the others; what then lies inside the selection is seen to be replaced.
      if (start === end && roll(3) === 0) remote()
      const [from, to] = [el.selectionStart, el.selectionEnd]
      const steps = [`に`, `にほ`, `にほん`, `①日本${typed.length}語`]
      let shown = to
      for (const s of steps) {
        el.type(from, shown, s)
        shown = from + s.length
        if (roll(2)) remote()
      }
      el.dispatchEvent(new Event('compositionend'))
      typed.push(steps.at(-1) as string)
      const context = `seed ${SEED} case ${c} round ${round}`
      expect(a.getText('t:x').toString(), context).toBe(theirs.toString())
      expect(el.value, context).toBe(theirs.toString())
      // A later word may stand inside an earlier one, so the letters are counted.
      for (const mark of '②③') expect(count(el.value, mark), `${context}: ${el.value}`).toBe(inserted.length)
      expect(el.value.includes('\ufffd'), context).toBe(false)
    }
    expect(count(el.value, '①')).toBe(typed.length)
    unbind()
    a.destroy()
    b.destroy()
  }
})

test('what is being composed is written down when the copy must go', () => {
  const doc = new Y.Doc()
  const text = new YText(doc, 'x')
  const el = new FakeField()
  bindTextarea(text, el as unknown as HTMLTextAreaElement)
  el.dispatchEvent(new Event('compositionstart'))
  el.type(0, 0, 'にほん')
  expect(text.toString()).toBe('')
  text.flush()
  expect(text.toString()).toBe('にほん')
})

test('a limit stops typing, not deleting', () => {
  const doc = new Y.Doc()
  const text = new YText(doc, 'x')
  doc.getText('t:x').insert(0, 'あいうえお')
  const el = new FakeField()
  bindTextarea(text, el as unknown as HTMLTextAreaElement, t => t.length <= 3)
  el.type(5, 5, 'か')
  expect(text.toString()).toBe('あいうえお')
  expect(el.value).toBe('あいうえお')
  el.type(4, 5, '')
  expect(text.toString()).toBe('あいうえ')
})
