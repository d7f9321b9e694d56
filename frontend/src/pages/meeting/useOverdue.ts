import { useState } from 'react'
import type { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { OverduePart } from '../../api/overdue'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'

/** A line with its term. */
export interface DueLine {
  due: string
  caseNumber: string
}

interface Overdue<L> {
  data: OverduePart<L> | null
  error: ApiError | null
  reload: () => Promise<void>
  /** Why the next page did not come. */
  failed: ApiError | null
  busy: boolean
  more: () => void
}

/** A part of the red list, page after page: what was looked through grows, the lines stay in the order of their terms. */
export function useOverdue<L extends DueLine>(of: 'tasks' | 'roles' | 'monitoring'): Overdue<L> {
  const first = useLoad<OverduePart<L>>(`/overdue?of=${of}`)
  const [rest, setRest] = useState<OverduePart<L>[]>([])
  const { submit, busy, error } = useSubmit()
  const pages = first.data ? [first.data, ...rest] : []
  const last = pages.at(-1)
  const data = last
    ? {
        lines: pages
          .flatMap(p => p.lines)
          .sort((a, b) => a.due.localeCompare(b.due) || a.caseNumber.localeCompare(b.caseNumber)),
        looked: pages.reduce((n, p) => n + p.looked, 0),
        total: last.total,
        next: last.next,
      }
    : null
  const more = () =>
    void submit(async () => {
      if (!last?.next) return
      const page = await api.get<OverduePart<L>>(`/overdue?of=${of}&after=${encodeURIComponent(last.next)}`)
      setRest(r => [...r, page])
    })
  return { data, error: first.error, reload: first.reload, failed: error, busy, more }
}
