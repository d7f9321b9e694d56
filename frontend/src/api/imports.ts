import type { Similar } from './intake'

/** How a file is taken in. */
export interface ImportHow {
  sheet: string
  head: number
  /** null: guessed. */
  columns: Record<string, number> | null
  words: Record<string, Record<string, string>> | null
}

export interface ImportColumn {
  no: number
  letter: string
  title: string
  sample: string
}

export interface ImportField {
  id: string
  label: string
  group: string
  required: boolean
  help: string
}

export interface ImportWord {
  field: string
  label: string
  word: string
  rows: number
  known: boolean
  code: string
  options: { code: string; label: string }[]
}

export interface ImportProblem {
  row: number
  letter: string
  title: string
  field: string
  value: string
  message: string
  note: boolean
}

export interface ImportBatch {
  id: string
  fileName: string
  byName: string
  at: string
  rows: number
  made: number
  refused: number
  first: string
  last: string
  state: 'done' | 'undone' | 'partly'
  stateLabel: string
  kept: number
  undoneAt?: string
  undoneName: string
}

export interface ImportPreview {
  name: string
  form: 'xlsx' | 'csv' | 'csv932'
  sheets: string[]
  sheet: string
  head: number
  columns: ImportColumn[]
  fields: ImportField[]
  mapping: Record<string, number>
  words: ImportWord[]
  missing: string[]
  taken: string[]
  rows: { row: number; values: string[]; bad: boolean }[]
  problems: ImportProblem[]
  doubles: { row: number; name: string; lines: Similar[] }[]
  total: number
  good: number
  bad: number
  done: number
  again: ImportBatch[]
  plan: string
}

export interface ImportUndone {
  batch: ImportBatch
  removed: number
  kept: { caseId: string; number: string; why: string }[]
  others: number
}

/** A file with what is said of it, as one form. */
export function importForm(file: File, how?: object): FormData {
  const form = new FormData()
  if (how) form.append('how', JSON.stringify(how))
  form.append('file', file)
  return form
}
