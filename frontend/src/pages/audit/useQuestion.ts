import { useState } from 'react'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'

/** A question to the audit log: asked by a form, answered once, perhaps gone on with. */
export function useQuestion<T extends object>(path: string) {
  const [answer, setAnswer] = useState<T | null>(null)
  const form = useSubmit()
  /** Asks; `join` puts a further page to what is shown. */
  const ask = (body: object, join?: (shown: T, more: T) => T) =>
    form.submit(async () => {
      const got = await api.post<T>(path, body)
      setAnswer(shown => (join && shown ? join(shown, got) : got))
    })
  return { answer, ask, ...form }
}
