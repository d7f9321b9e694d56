import type { CasePage } from '../../api/cases'
import type { Room } from '../../api/meeting'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { AgencyView } from '../consent/AgencyView'

interface Props {
  room: Room
}

/** What each agency sees in this meeting: all for those who hold the record, one's own for the others. */
export function RoomConsent({ room }: Props) {
  const actor = useActor()
  const query = new URLSearchParams({ meeting: room.meeting.id })
  const { data } = useLoad<CasePage>(`/cases/${room.meeting.caseId}?${query}`)
  const holder = actor.roles.includes('secretariat') || actor.roles.includes('city')
  const agencies = room.seats
    .filter(s => holder || s.agencyId === actor.agencyId)
    .map(s => ({ agencyId: s.agencyId, name: s.name, short: s.short }))
  if (!agencies.length) return null
  return (
    <AgencyView
      caseId={room.meeting.caseId}
      persons={data?.persons ?? []}
      agencies={agencies}
      meeting={room.meeting.id}
    />
  )
}
