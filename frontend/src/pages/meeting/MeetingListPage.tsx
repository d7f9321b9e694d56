import type { MeetingRef } from '../../api/meeting'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { MeetingLine } from './MeetingLine'

/** The meetings one may see, those to come first. */
export function MeetingListPage() {
  const { data, error, reload } = useLoad<{ meetings: MeetingRef[] }>('/meetings')
  if (!data) return <PageState error={error} reload={reload} />
  const list = data.meetings ?? []
  return (
    <div className="page stack">
      <h1>{words.meeting.list}</h1>
      {list.length ? null : <p>{words.meeting.none}</p>}
      <ul className="list card" data-testid="meeting-list">
        {list.map(m => (
          <MeetingLine key={m.id} meeting={m} />
        ))}
      </ul>
    </div>
  )
}
