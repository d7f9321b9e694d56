import type * as Schema from './schema'

/** How a file is taken in. */
export interface ImportHow {
  sheet: string
  head: number
  /** null: guessed. */
  columns: Record<string, number> | null
  words: Record<string, Record<string, string>> | null
}

/** A column of the file as it is shown for choosing. */
export type ImportColumn = Schema.ImportsColumn

/** What a column can be. */
export type ImportField = Schema.ImportsField

/** A word of the file that must be one of a list. */
export type ImportWord = Schema.ImportsWord

/** What stands in the way of a row, or is worth knowing of it. */
export type ImportProblem = Schema.ImportsProblem

/** One import that was done. */
export type ImportBatch = Schema.ImportsBatch

/** What an import would do. */
export type ImportPreview = Schema.ImportsPreview

/** What 取消 did. */
export type ImportUndone = Schema.ImportsUndone

/** A file with what is said of it, as one form. */
export function importForm(file: File, how?: object): FormData {
  const form = new FormData()
  if (how) form.append('how', JSON.stringify(how))
  form.append('file', file)
  return form
}
