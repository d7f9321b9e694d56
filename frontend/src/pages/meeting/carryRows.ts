import type { CarryRow } from '../../api/carry'

/** What names a row among all meetings. */
export const keyOf = (r: CarryRow) => `${r.meeting}/${r.doc}/${r.row}`

/** The rows of one person each, in the order in which the persons come. */
export function byPerson(rows: readonly CarryRow[]): { id: string; name: string; rows: CarryRow[] }[] {
  const groups: { id: string; name: string; rows: CarryRow[] }[] = []
  for (const r of rows) {
    const group = groups.find(g => g.id === r.personId)
    if (group) group.rows.push(r)
    else groups.push({ id: r.personId, name: r.person, rows: [r] })
  }
  return groups
}
