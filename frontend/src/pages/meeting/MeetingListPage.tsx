import { Link } from 'wouter'
import type { MeetingRef } from '../../api/meeting'
import { AcrossCases } from '../../app/AcrossCases'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { groupMeetings } from './groupMeetings'
import { MeetingLine } from './MeetingLine'
import { SittingBlock } from './SittingBlock'

/** The meetings one may see, those to come first. */
export function MeetingListPage() {
  const { roles } = useActor()
  const { data, error, reload } = useLoad<{ meetings: MeetingRef[] }>('/meetings')
  if (!data) return <PageState error={error} reload={reload} />
  const list = data.meetings ?? []
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.meeting.list}</h1>
        <AcrossCases />
        {roles.includes('secretariat') || roles.includes('city') ? (
          <Link href="/meetings/new" className="button" data-kind="solid" data-testid="new-sitting">
            {words.sitting.start}
          </Link>
        ) : null}
      </div>
      {list.length ? null : <p>{words.meeting.none}</p>}
      <ul className="list card" data-testid="meeting-list">
        {groupMeetings(list).map(block =>
          block.length > 1 ? (
            <SittingBlock key={block[0]?.sitting} meetings={block} />
          ) : (
            block.map(m => <MeetingLine key={m.id} meeting={m} />)
          ),
        )}
      </ul>
    </div>
  )
}
