import { CommentsCard } from '../comments/CommentsCard'
import { LeadsCard } from '../leads/LeadsCard'
import { AgendaCard } from './AgendaCard'
import { AgreedCard } from './AgreedCard'
import { AnswerCard } from './AnswerCard'
import { BlockerList } from './BlockerList'
import { CarryCard } from './CarryCard'
import { ConfirmCard } from './ConfirmCard'
import { NotesCard } from './during/NotesCard'
import { TurnCard } from './during/TurnCard'
import { FollowupCard } from './FollowupCard'
import { FrozenCard } from './FrozenCard'
import { HandoutsCard } from './HandoutsCard'
import { HandsCard } from './HandsCard'
import { MinutesState } from './MinutesState'
import { NextMeetingCard } from './NextMeetingCard'
import { ObjectionList } from './ObjectionList'
import { PastRounds } from './PastRounds'
import { ProblemsCard } from './ProblemsCard'
import { RecordList } from './RecordList'
import { RoomConsent } from './RoomConsent'
import type { RoomProps } from './RoomProps'
import { SeatsCard } from './SeatsCard'
import { SenseCard } from './SenseCard'
import { SinceCard } from './SinceCard'
import { SuggestCard } from './SuggestCard'
import { SurveyCard } from './SurveyCard'

interface Props extends RoomProps {
  reload: () => Promise<void>
  /** Opens the minutes. */
  onMinutes: () => void
}

/** 進行: agenda on the left; seats, answers and what is still missing on the right. */
export function CourseTab({ room, act, reload, onMinutes }: Props) {
  const props = { room, act }
  const running = ['reception', 'open', 'agreeing'].includes(room.status)
  return (
    <div className="course">
      <div className="stack">
        {room.frozen ? <FrozenCard room={room} /> : null}
        {room.status === 'agreeing' ? <SinceCard room={room} /> : null}
        {room.status === 'open' ? <SenseCard {...props} /> : null}
        {room.status === 'agreeing' ? <AnswerCard {...props} /> : null}
        {room.status === 'confirming' ? <ConfirmCard {...props} /> : null}
        <AgreedCard room={room} />
        <MinutesState room={room} />
        <SuggestCard {...props} onMinutes={onMinutes} />
        <SurveyCard {...props} />
        <FollowupCard {...props} />
        <ProblemsCard {...props} />
        <AgendaCard {...props} />
        {['open', 'agreeing'].includes(room.status) ? (
          <LeadsCard
            caseId={room.meeting.caseId}
            meetingId={room.meeting.id}
            agencies={room.seats.filter(s => !s.observer).map(s => ({ value: s.agencyId, label: s.name }))}
            ends={room.agenda.some(a => a.kind === 'close' || a.purpose === 'close')}
            mark={room.events.findLast(e => e.kind.startsWith('lead_'))?.seq}
          />
        ) : null}
        <NotesCard {...props} />
        <CommentsCard {...props} />
        <HandoutsCard room={room} />
        <CarryCard room={room} reload={reload} />
        {room.objections?.length ? <ObjectionList {...props} /> : null}
        <PastRounds room={room} />
        {running ? <NextMeetingCard {...props} /> : null}
        {room.records?.length ? <RecordList records={room.records} /> : null}
      </div>
      <div className="stack">
        {['open', 'agreeing'].includes(room.status) ? <TurnCard {...props} /> : null}
        <SeatsCard {...props} />
        {running && room.blockers?.length ? <BlockerList blockers={room.blockers} /> : null}
        {running ? <HandsCard {...props} /> : null}
        <RoomConsent room={room} />
      </div>
    </div>
  )
}
