import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { SheetDefinition } from './SheetDefinition'

/** The definitions of all forms on a day (ISO); an empty list until they are there. */
export function useSheets(day: string): SheetDefinition[] {
  const [sheets, setSheets] = useState<SheetDefinition[]>([])
  useEffect(() => {
    let over = false
    const load = async () => {
      const { sheets: list } = await api.get<{ sheets: { id: string }[] }>(`/sheets?date=${day}`)
      const all = await Promise.all(
        list.map(s => api.get<SheetDefinition>(`/sheets/${encodeURIComponent(s.id)}?date=${day}`)),
      )
      if (!over) setSheets(all)
    }
    load().catch(() => {}) // without the forms the free record below them still works
    return () => {
      over = true
    }
  }, [day])
  return sheets
}
