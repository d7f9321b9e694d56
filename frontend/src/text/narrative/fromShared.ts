import { Annotation } from '@codemirror/state'

/** Marks a change of the editor that came out of the shared text. */
export const fromShared = Annotation.define<boolean>()
