import type { SharedValues } from './SharedValues'

/** A row of a list: it exists while `<kind>/<id>/ord` is set and `del` is not true. */
export interface RowRef {
  id: string
  ord: string
}

/** The rows of one kind in one document, in order (ASCII of ord, then id). */
export function listRows(values: SharedValues, kind: string): RowRef[] {
  const rows: RowRef[] = []
  const prefix = `${kind}/`
  for (const key of values.keys()) {
    if (!key.startsWith(prefix) || !key.endsWith('/ord')) continue
    const id = key.slice(prefix.length, -'/ord'.length)
    const ord = values.get(key)
    if (id.includes('/') || typeof ord !== 'string' || values.get(`${prefix}${id}/del`) === true) continue
    rows.push({ id, ord })
  }
  return rows.sort(compareRows)
}

export const compareRows = (a: RowRef, b: RowRef): number =>
  a.ord < b.ord ? -1 : a.ord > b.ord ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
