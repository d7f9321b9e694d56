import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { PlacePage } from '../../api/places'

/** The places one can go to, by the order of the register; the first pages of a big one. */
export function usePlaces(wanted: boolean): PlacePage['places'] {
  const [list, setList] = useState<PlacePage['places']>([])
  useEffect(() => {
    if (!wanted) return
    let here = true
    const load = async () => {
      const all: PlacePage['places'] = []
      for (let page = 0; page < 4; page++) {
        const got = await api.post<PlacePage>('/places/search', { state: 'open', page })
        all.push(...got.places)
        if (page + 1 >= got.pages) break
      }
      if (here) setList(all)
    }
    load().catch(() => {}) // the choice stays empty, and the form says so when it is sent
    return () => {
      here = false
    }
  }, [wanted])
  return list
}
