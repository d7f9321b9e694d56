import type * as Y from 'yjs'

/** One way in which another person edits the field during a composition. */
export interface ImeCase {
  name: string
  /** Done after the given step of the composition. */
  edit(theirs: Y.Text, step: number): void
  /** Only the caret of the other person moves. */
  carets?: boolean
  /** What is selected before; the caret at 5 unless said otherwise. */
  select?: [number, number]
  /** The text both must hold at the end. */
  want: string
  /** The text after one's own word was taken back; without the word unless said otherwise. */
  undone?: string
}

export const TEXT: string
export const WORD: string
export const STEPS: string[]
export const imeCases: ImeCase[]
