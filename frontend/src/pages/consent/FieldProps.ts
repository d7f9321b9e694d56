import type { ConsentDraft } from './ConsentDraft'

/** What each group of fields of the form gets. */
export interface FieldProps {
  draft: ConsentDraft
  set: (part: Partial<ConsentDraft>) => void
  /** Message for a field, by the name the server gives it. */
  error: (field: string) => string | undefined
}
