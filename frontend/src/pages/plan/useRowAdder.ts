import { useEffect, useState } from 'react'
import type { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { DocRef } from '../../api/cases'
import { useSubmit } from '../../app/useSubmit'
import type { DocEntry } from '../../live/useSlots'
import { ordBetween } from '../../text/ordBetween'
import { rowId } from '../../text/rowId'
import type { Scalar } from '../../text/SharedValues'
import { mayWrite } from './mayWrite'
import { mergeRows } from './mergeRows'

/** Whose information, of which item, a new row is. */
export interface Place {
  personId: string
  item: string
}

interface Wanted extends Place {
  kind: string
  values: Record<string, Scalar>
}

interface Adder {
  add: (kind: string, place: Place, values?: Record<string, Scalar>) => void
  /** Id of the row just added: it wants the focus. */
  added: string
  busy: boolean
  error: ApiError | null
}

/**
 * Adds rows at the end of a list, in the document of their person and item. A document that does not exist yet is asked for
 * first; the row follows as soon as it is open.
 */
export function useRowAdder(
  docKind: string,
  ownerId: string,
  entries: readonly DocEntry[],
  refs: readonly DocRef[],
  reload: () => Promise<void>,
): Adder {
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [added, setAdded] = useState('')
  const { submit, busy, error } = useSubmit()

  const same = (a: Place, b: Place) => a.personId === b.personId && a.item === b.item
  const add = (kind: string, place: Place, values: Record<string, Scalar> = {}) => {
    setWanted({ kind, ...place, values })
    if (refs.some(r => r.read && same(r, place))) return
    void submit(async () => {
      await api.post<DocRef>('/docs', { kind: docKind, ownerId, ...place })
      await reload()
    }).then(ok => {
      if (!ok) setWanted(null)
    })
  }

  // Runs with every redraw: the document opens and loads in its own time.
  useEffect(() => {
    const entry = wanted && entries.find(e => same(e.ref, wanted))
    if (!wanted || !entry || !mayWrite(entry)) return
    const rows = mergeRows(entries, wanted.kind)
    const id = rowId()
    const prefix = `${wanted.kind}/${id}/`
    const values: Record<string, Scalar> = { [`${prefix}ord`]: ordBetween(rows.at(-1)?.ord ?? '', '') }
    for (const [k, v] of Object.entries(wanted.values)) values[prefix + k] = v
    entry.slot.doc?.values.set(values)
    setWanted(null)
    setAdded(id)
  })

  return { add, added, busy: busy || wanted !== null, error }
}
