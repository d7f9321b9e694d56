import type { SheetDefinition, SheetField } from '../pages/cases/SheetDefinition'

/** One choice of a list. */
export interface FormCode {
  code: string
  label: string
  other?: boolean
  retired?: boolean
}

export interface FormList {
  id: string
  title: string
  codes: FormCode[]
}

/** A field of the municipality's own (追加した項目). */
export interface OwnField extends SheetField {
  form: string
  section: string
  after?: string
}

/** How a field is shown (変更した項目). */
export interface FieldChange {
  id: string
  label: string
  help: string
  required: boolean
  stateReport: boolean
  retired: boolean
}

/** Choices added to a list, or a list of the municipality's own. */
export interface OwnList {
  id: string
  title: string
  codes: FormCode[]
  gone?: string[]
  named?: { code: string; label: string }[]
}

/** Everything the municipality changes in the forms, from a day on (様式の変更). */
export interface Amendment {
  effectiveFrom: string
  fields: OwnField[]
  changes: FieldChange[]
  lists: OwnList[]
}

/** A change and the forms as it makes them. */
export interface FormDraft {
  change: Amendment
  set: { forms: SheetDefinition[]; lists: FormList[] }
  /** Own fields and choices that apply already. */
  bound: string[]
  /** The shipped lists whose choices may be changed. */
  open: FormList[]
}

export interface FormVersion {
  n: number
  change: Amendment
  at: string
  byName: string
}

export interface FormDesk {
  today: string
  versions: FormVersion[]
  draft: FormDraft
}
