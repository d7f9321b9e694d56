import { useState } from 'react'
import { ApiError } from '../api/ApiError'
import { words } from '../words'
import { showFirstError } from './showFirstError'

/** Runs one request of a form at a time and keeps its error; what was typed stays where it is. */
export function useSubmit() {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)

  async function submit(work: () => Promise<void>): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setError(null)
    try {
      await work()
      return true
    } catch (e) {
      setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
      showFirstError()
      return false
    } finally {
      setBusy(false)
    }
  }

  /** Message for one field, so that it stands beside it. */
  const at = (field: string) => (error?.field === field ? error.message : undefined)
  /** Message that belongs to none of the fields shown. */
  const rest = (...fields: string[]) => (error && !fields.includes(error.field) ? error.message : undefined)
  return { busy, error, submit, at, rest, fail: setError }
}
