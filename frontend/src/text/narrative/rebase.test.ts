import { ChangeSet, Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { YText } from '../YText'
import { toChanges } from './toChanges'

const SEED = Number(process.env.SEED ?? 20261123)

test(`local and remote changes meet in one text, 2000 random cases, seed ${SEED}`, () => {
  let s = SEED
  const roll = (n: number) => {
    s = (s * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((s / 0x7fffffff) * n)
  }
  for (let c = 0; c < 2000; c++) {
    const doc = new Y.Doc()
    const text = new YText(doc, 'x')
    text.type.insert(0, 'あいうえおかきくけこ')
    let editor = Text.of([text.toString()])
    const change = (length: number, word: string) => {
      const from = roll(length + 1)
      return ChangeSet.of({ from, to: Math.min(length, from + roll(3)), insert: word }, length)
    }
    let local = ChangeSet.empty(10)
    let remote = ChangeSet.empty(10)
    const off = text.observe(delta => {
      remote = remote.compose(toChanges(delta, remote.newLength))
    })
    for (let i = 0; i < 4; i++) {
      if (roll(2)) {
        const ch = change(editor.length, '日')
        editor = ch.apply(editor)
        local = local.compose(ch)
      } else {
        const at = roll(text.type.length + 1)
        doc.transact(() => {
          const n = Math.min(roll(3), text.type.length - at)
          if (n) text.type.delete(at, n)
          text.type.insert(at, '★')
        })
      }
    }
    off()
    let shift = 0
    local.map(remote, true).iterChanges((from, to, _a, _b, ins) => {
      if (to > from) text.type.delete(from + shift, to - from)
      if (ins.length) text.type.insert(from + shift, ins.toString())
      shift += ins.length - (to - from)
    })
    editor = remote.map(local).apply(editor)
    expect(editor.toString(), `seed ${SEED} case ${c}`).toBe(text.toString())
    doc.destroy()
  }
})
