/** One 項目 of a form. */
export interface SheetField {
  id: string
  label: string
  type: string
  item: string
  owner: string
  codes?: string
  required?: boolean
  from?: string
  max?: number
  unit?: string
  help?: string
  stateReport?: boolean
  /** No longer asked. */
  retired?: boolean
}

/** A form (帳票). */
export interface SheetDefinition {
  id: string
  title: string
  sections: { id: string; title: string; fields: SheetField[] }[]
}
