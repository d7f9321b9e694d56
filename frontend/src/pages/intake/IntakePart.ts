import type { IntakeDraft } from './IntakeDraft'

/** What a part of the form gets. */
export interface IntakePart {
  draft: IntakeDraft
  errors: Record<string, string | undefined>
  set: (part: Partial<IntakeDraft>) => void
}
