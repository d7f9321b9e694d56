import { useEffect, useState } from 'react'
import type { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { ordBetween } from '../../text/ordBetween'
import { rowId } from '../../text/rowId'
import { mayWrite } from '../plan/mayWrite'
import { mergeRows } from '../plan/mergeRows'
import type { Place } from '../plan/useRowAdder'
import type { Bond } from './Bond'
import { type Half, halvesOf } from './bonds'
import type { Household } from './useHousehold'

/** Adds a 関係性: the documents of both are opened first, then both rows are written. */
export function useBondAdder({ page, entries, want, reload }: Household): {
  add: (bond: Omit<Bond, 'id'>) => void
  busy: boolean
  error: ApiError | null
} {
  const [wanted, setWanted] = useState<Half[] | null>(null)
  const { submit, busy, error } = useSubmit()
  const same = (a: Place, b: Place) => a.personId === b.personId && a.item === b.item
  const add = (bond: Omit<Bond, 'id'>) => {
    const halves = halvesOf(bond, id => page.persons.some(p => p.id === id))
    setWanted(halves)
    for (const h of halves) want(h.place)
    const missing = halves.filter(h => !page.sections.some(s => s.read && s.doc && same(s, h.place)))
    if (missing.length)
      void submit(async () => {
        for (const h of missing)
          await api.post('/docs', { kind: 'section', ownerId: page.case.id, caseId: page.case.id, ...h.place })
        await reload()
      }).then(ok => {
        if (!ok) setWanted(null)
      })
  }
  // Runs with every redraw: documents open and load in their own time.
  useEffect(() => {
    if (!wanted) return
    const found = wanted.map(h => entries.find(e => same(e.ref, h.place)))
    if (found.some(e => !e || !mayWrite(e) || !e.slot.doc?.loaded)) {
      for (const h of wanted) want(h.place)
      return
    }
    const id = rowId()
    const ord = ordBetween(mergeRows(entries, 'bond').at(-1)?.ord ?? '', '')
    wanted.forEach((h, i) => {
      const values: Record<string, string> = { [`bond/${id}/ord`]: ord, [`bond/${id}/end`]: h.end }
      for (const [k, v] of Object.entries(h.values)) values[`bond/${id}/${k}`] = v
      found[i]?.slot.doc?.values.set(values)
    })
    setWanted(null)
  })
  return { add, busy: busy || wanted !== null, error }
}
