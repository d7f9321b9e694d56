import { useEffect } from 'react'
import type { ApiError } from '../../api/ApiError'
import type { CasePage, Person } from '../../api/cases'
import type { Glass } from '../../api/glass'
import type { PlanView } from '../../api/plan'
import { useLoad } from '../../app/useLoad'
import { useConnection } from '../../live/useConnection'
import { useDocsVersion } from '../../live/useDocsVersion'
import { useSlots } from '../../live/useSlots'
import type { PlanContext } from './PlanContext'

/** Quiet after which the server's view (warnings, answers) is fetched anew (ms); a little different on every screen. */
const SETTLE = 2500

const NO_PERSONS: Person[] = []
const NO_DOCS: PlanView['docs'] = []

/** A plan with its open documents, kept up to date. `refresh` changes when the meeting rang. */
export function usePlan(
  planId: string,
  meetingId: string,
  meetingDay: string,
  refresh: number,
): {
  plan: PlanContext | null
  glass: Glass | null
  error: ApiError | null
  reload: () => Promise<void>
} {
  const query = meetingId ? `?meeting=${encodeURIComponent(meetingId)}` : ''
  const { data: view, error, reload } = useLoad<PlanView>(planId ? `/plans/${planId}${query}` : null)
  const { data: page } = useLoad<CasePage>(view ? `/cases/${view.plan.caseId}${query}` : null)
  const connection = useConnection()
  const entries = useSlots(view?.docs ?? NO_DOCS)
  const { content } = useDocsVersion(entries)

  useEffect(() => {
    if (!refresh) return
    void reload()
  }, [refresh, reload])

  useEffect(() => connection.accessChanged.on(() => void reload()), [connection, reload])

  useEffect(() => {
    if (!content) return
    const timer = setTimeout(() => void reload(), SETTLE + Math.random() * 1000)
    return () => clearTimeout(timer)
  }, [content, reload])

  const glass = page?.glass ?? null
  if (!view) return { plan: null, glass, error, reload }
  return { plan: { view, entries, persons: page?.persons ?? NO_PERSONS, meetingDay, reload }, glass, error, reload }
}
