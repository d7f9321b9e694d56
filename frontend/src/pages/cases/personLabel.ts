import type { Person } from '../../api/cases'
import { words } from '../../words'

/** How a person is called on the pages of a reader: by name and relation (匿名 where nobody has given one), or by the initial where the name may not be seen. */
export function personLabel(persons: readonly Person[], id: string): string {
  if (!id) return words.cases.householdDoc
  const p = persons.find(x => x.id === id)
  if (!p) return ''
  const name = p.name || p.alias
  return name ? `${name}${p.relation ? `（${p.relation}）` : ''}` : words.cases.hiddenName(p.initial || '？')
}
