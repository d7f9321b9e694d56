import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/ApiError'
import { api } from '../api/api'
import { sessionStore } from './sessionStore'

interface Loaded<T> {
  data: T | null
  error: ApiError | null
  reload: () => Promise<void>
  put: (data: T) => void
}

/** Loads a path and keeps what is shown while it loads again. An answer that comes late never replaces a newer one. */
export function useLoad<T>(path: string | null): Loaded<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: ApiError | null }>({
    path,
    data: null,
    error: null,
  })
  const run = useRef(0)

  const reload = useCallback(async () => {
    if (path === null) return
    const mine = ++run.current
    try {
      const data = await api.get<T>(path)
      if (mine === run.current) setState({ path, data, error: null })
    } catch (e) {
      const error = e instanceof ApiError ? e : new ApiError('internal', String(e))
      if (mine === run.current) setState(s => ({ path, data: s.path === path ? s.data : null, error }))
    }
  }, [path])

  const put = useCallback(
    (data: T) => {
      run.current++
      setState({ path, data, error: null })
    },
    [path],
  )

  useEffect(() => {
    void reload()
    return () => {
      run.current++
    }
  }, [reload])

  // What was refused while the desk was locked is asked again.
  useEffect(() => sessionStore.unlocked.on(() => void reload()), [reload])

  const fresh = state.path === path
  return { data: fresh ? state.data : null, error: fresh ? state.error : null, reload, put }
}
