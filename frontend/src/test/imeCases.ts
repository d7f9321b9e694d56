import type * as Y from 'yjs'

/** One way in which another person edits the field during a composition. */
export interface ImeCase {
  name: string
  /** Done after the given step of the composition. */
  edit(theirs: Y.Text, step: number): void
  /** The text both must hold at the end. */
  want: string
  /** Where the caret stands; behind the word unless said otherwise. */
  caret?: number
}

const at3 = (f: (t: Y.Text) => void) => (t: Y.Text, step: number) => {
  if (step === 3) f(t)
}

/** 日本語 is composed at 支援計画の|本文です。 (position 5); ★ is what the other person writes. */
export const imeCases: ImeCase[] = [
  { name: 'control', edit: () => {}, want: '支援計画の日本語本文です。' },
  { name: 'insert before', edit: at3(t => t.insert(0, '★')), want: '★支援計画の日本語本文です。' },
  { name: 'insert after', edit: at3(t => t.insert(7, '★')), want: '支援計画の日本語本文★です。' },
  { name: 'insert at the caret', edit: at3(t => t.insert(5, '★')), want: '支援計画の日本語★本文です。' },
  { name: 'delete before', edit: at3(t => t.delete(0, 2)), want: '計画の日本語本文です。' },
  { name: 'delete around', edit: at3(t => t.delete(3, 4)), want: '支援計日本語です。' },
  {
    name: 'nine edits streamed',
    edit: (t, s) => t.insert(t.length, String(s)),
    want: '支援計画の日本語本文です。012345678',
  },
  { name: 'other lines', edit: at3(t => t.insert(t.length, '\n二行目')), want: '支援計画の日本語本文です。\n二行目' },
  { name: 'new line above', edit: at3(t => t.insert(0, '一行目\n')), want: '一行目\n支援計画の日本語本文です。' },
  { name: 'a pair beside the caret', edit: at3(t => t.insert(5, '𠮷')), want: '支援計画の日本語𠮷本文です。' },
  {
    name: 'a new word deleted again',
    edit: (t, s) => (s === 2 ? t.insert(0, '★★') : s === 5 ? t.delete(0, 2) : undefined),
    want: '支援計画の日本語本文です。',
  },
  { name: 'field cleared', edit: at3(t => t.delete(0, t.length)), want: '日本語' },
]
