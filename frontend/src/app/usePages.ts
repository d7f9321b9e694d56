import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/ApiError'
import { api } from '../api/api'
import { words } from '../words'

interface Paged<T> {
  /** The pages so far, null before the first. */
  pages: T[] | null
  error: ApiError | null
  busy: boolean
  reload: () => Promise<void>
  /** Asks for the next page; null when there is none. */
  more: (() => Promise<void>) | null
}

/** Loads a list a page at a time. While another path loads, what is shown stays; an answer that comes after a later question is dropped. */
export function usePages<T extends { next: string }>(path: string): Paged<T> {
  const [pages, setPages] = useState<T[] | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const turn = useRef(0)

  const load = useCallback(
    async (before: T[]) => {
      turn.current += 1
      const mine = turn.current
      setBusy(true)
      try {
        const after = before.at(-1)?.next ?? ''
        const page = await api.get<T>(`${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`)
        if (mine !== turn.current) return
        setPages([...before, page])
        setError(null)
      } catch (e) {
        if (mine === turn.current) setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
      } finally {
        if (mine === turn.current) setBusy(false)
      }
    },
    [path],
  )
  const reload = useCallback(() => load([]), [load])
  useEffect(() => void reload(), [reload])

  return { pages, error, busy, reload, more: pages?.at(-1)?.next ? () => load(pages) : null }
}
