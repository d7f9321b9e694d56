import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/ApiError'
import { api } from '../api/api'
import { ahead } from './ahead'
import { sessionStore } from './sessionStore'

interface Loaded<T> {
  data: T | null
  error: ApiError | null
  reload: () => Promise<void>
  put: (data: T) => void
}

/** Loads a path and keeps what is shown while it loads again. An answer that comes late never replaces a newer one. */
export function useLoad<T>(path: string | null): Loaded<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: ApiError | null }>(() => ({
    path,
    data: ahead.look<T>(path),
    error: null,
  }))
  const run = useRef(0)

  const reload = useCallback(async () => {
    if (path === null) return
    const mine = ++run.current
    try {
      const data = await (ahead.take<T>(path) ?? api.get<T>(path))
      // What was here when the page was drawn is not drawn again.
      if (mine === run.current)
        setState(s => (s.path === path && s.data === data && !s.error ? s : { path, data, error: null }))
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
