import type { CodeEntry } from '../../api/cases'
import { useLoad } from '../../app/useLoad'
import type { Option } from '../../parts/Option'

const NONE: CodeEntry[] = []

/** The code lists of the register, as options, and their labels. */
export function usePlaceLists() {
  const { data } = useLoad<{ lists: Record<string, CodeEntry[]> }>('/codes')
  const kinds = data?.lists.resource_kind ?? NONE
  const fields = data?.lists.resource_field ?? NONE
  const options = (list: readonly CodeEntry[]): Option[] =>
    list.map(c => ({ value: c.code, label: c.label, disabled: c.retired ?? false }))
  const label = (list: readonly CodeEntry[], code: string) => list.find(c => c.code === code)?.label ?? code
  return {
    kinds: options(kinds),
    fields: options(fields),
    kindOf: (code: string) => label(kinds, code),
    fieldsOf: (codes: readonly string[]) => codes.map(c => label(fields, c)).join('・'),
  }
}
