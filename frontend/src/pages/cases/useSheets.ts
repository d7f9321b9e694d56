import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { SheetDefinition } from './SheetDefinition'

/** The definitions of all forms; an empty list until they are there. */
export function useSheets(): SheetDefinition[] {
  const [sheets, setSheets] = useState<SheetDefinition[]>([])
  useEffect(() => {
    let over = false
    const load = async () => {
      const { sheets: list } = await api.get<{ sheets: { id: string }[] }>('/sheets')
      const all = await Promise.all(list.map(s => api.get<SheetDefinition>(`/sheets/${encodeURIComponent(s.id)}`)))
      if (!over) setSheets(all)
    }
    load().catch(() => {}) // without the forms the free record below them still works
    return () => {
      over = true
    }
  }, [])
  return sheets
}
