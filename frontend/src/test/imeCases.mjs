// The twelve ways in which another person edits a field during a composition, and two more. Plain JavaScript, for the e2e tests use them, too.
// 日本語 is composed at 支援計画の|本文です。 (position 5), or over the selection given; ★ is what the other person writes.

const at3 = f => (t, step) => {
  if (step === 3) f(t)
}

export const TEXT = '支援計画の本文です。'
export const WORD = '日本語'
/** Kana on the way to the word, as an IME shows them. */
export const STEPS = ['n', 'に', 'にh', 'にほ', 'にほn', 'にほん', 'にほんg', 'にほんご', '日本語']

export const imeCases = [
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
  { name: 'only carets move', edit: () => {}, carets: true, want: '支援計画の日本語本文です。' },
  {
    name: 'over a selection',
    select: [2, 5],
    edit: at3(t => t.insert(4, '★')),
    want: '支援日本語★本文です。',
    undone: '支援計画★の本文です。',
  },
  { name: 'field cleared', edit: at3(t => t.delete(0, t.length)), want: '日本語' },
  { name: 'a pair beside the caret', edit: at3(t => t.insert(5, '𠮷')), want: '支援計画の日本語𠮷本文です。' },
  {
    name: 'a new word deleted again',
    edit: (t, s) => {
      if (s === 2) t.insert(0, '★★')
      if (s === 5) t.delete(0, 2)
    },
    want: '支援計画の日本語本文です。',
  },
]
