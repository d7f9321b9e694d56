import type { SheetDefinition, SheetField } from '../pages/cases/SheetDefinition'
import type * as Schema from './schema'

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
export type FieldChange = Schema.SheetsFieldChange

/** Choices added to a list, or a list of the municipality's own. */
export type OwnList = Schema.SheetsOwnList

/** Everything the municipality changes in the forms, from a day on (様式の変更). */
export type Amendment = Schema.SheetsAmendment

/** A change and the forms as it makes them. */
export interface FormDraft {
  change: Amendment
  set: { forms: SheetDefinition[]; lists: FormList[] }
  /** Own fields and choices that apply already. */
  bound: string[]
  /** The shipped lists whose choices may be changed. */
  open: FormList[]
}

export type FormVersion = Schema.FormsVersion

export interface FormDesk {
  today: string
  versions: FormVersion[]
  draft: FormDraft
}
