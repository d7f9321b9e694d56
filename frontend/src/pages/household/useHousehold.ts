import { useEffect, useMemo, useState } from 'react'
import type { ApiError } from '../../api/ApiError'
import type { CasePage, DocRef } from '../../api/cases'
import type { Agency } from '../../api/session'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useConnection } from '../../live/useConnection'
import { useDocsVersion } from '../../live/useDocsVersion'
import { type DocEntry, useSlots } from '../../live/useSlots'
import type { Place } from '../plan/useRowAdder'

/** The household with its open documents. */
export interface Household {
  page: CasePage
  /** Documents that hold something, and those one writes into. */
  entries: DocEntry[]
  agencyName: (id: string) => string
  /** Opens the document of a person and item as well. */
  want: (place: Place) => void
  reload: () => Promise<void>
}

/** What the drawings of a household are made from, as the reader may see it in this context ('' = outside of meetings). */
export function useHousehold(
  caseId: string,
  meetingId: string,
): { household: Household | null; error: ApiError | null } {
  const query = meetingId ? `?meeting=${encodeURIComponent(meetingId)}` : ''
  const { data: page, error, reload } = useLoad<CasePage>(`/cases/${caseId}${query}`)
  // A guest reads the names of those who take part, and no list of all.
  const guest = Boolean(useActor().guestMeeting)
  const { data: list } = useLoad<{ agencies: Agency[] }>(guest ? null : '/agencies')
  const [wanted, setWanted] = useState<readonly string[]>([])
  const connection = useConnection()
  const refs = useMemo(() => {
    const family = (d: DocRef) => !d.personId && d.item === 'family'
    return (page?.sections ?? []).filter(d => d.read && (d.used || family(d) || wanted.includes(d.doc)))
  }, [page, wanted])
  const entries = useSlots(refs)
  useDocsVersion(entries)

  useEffect(() => connection.accessChanged.on(() => void reload()), [connection, reload])
  // A document that was empty may hold something by now. Each look is a line in the log, so it is taken when somebody comes back, not by a clock.
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') void reload()
    }
    document.addEventListener('visibilitychange', back)
    return () => document.removeEventListener('visibilitychange', back)
  }, [reload])

  if (!page) return { household: null, error }
  const names = new Map([
    ...page.members.map(m => [m.agencyId, m.name] as const),
    ...(list?.agencies ?? []).map(a => [a.id, a.name] as const),
  ])
  const want = ({ personId, item }: Place) => {
    const doc = page.sections.find(d => d.personId === personId && d.item === item)?.doc
    if (doc) setWanted(w => (w.includes(doc) ? w : [...w, doc]))
  }
  return { household: { page, entries, agencyName: id => names.get(id) ?? '', want, reload }, error }
}
