import { useState } from 'react'
import { ErrorBoundary } from '../../app/ErrorBoundary'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { jstParts } from '../../dates/jstParts'
import { Banner } from '../../parts/Banner'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { MinutesTab } from '../minutes/MinutesTab'
import { CourseTab } from './CourseTab'
import { EnterCard } from './EnterCard'
import { EventLog } from './EventLog'
import { isOver } from './isOver'
import { LobbyNotice } from './LobbyNotice'
import { ModeBanner } from './ModeBanner'
import { NextStep } from './NextStep'
import { PeopleTab } from './PeopleTab'
import { PhaseBar } from './PhaseBar'
import { PlanTab } from './PlanTab'
import { SecrecyCard } from './SecrecyCard'
import { useRoom } from './useRoom'

interface Props {
  id: string
}

/** The meeting: what it is, where it is, what comes next; and under that everything it works on. */
export function MeetingRoom({ id }: Props) {
  const { room, error, reload, act, rings } = useRoom(id)
  const guest = Boolean(useActor().guestMeeting)
  const [tab, setTab] = useState('course')
  const w = words.meeting
  if (guest && error?.kind === 'unauthorized')
    return (
      <div className="page">
        <Banner tone="warn" title={w.ended} data-testid="meeting-ended">
          {w.endedText}
        </Banner>
      </div>
    )
  if (isOver(error, guest)) return <PageState error={error} reload={reload} />
  if (!room) return <PageState error={error} reload={reload} />
  const running = ['reception', 'open', 'agreeing'].includes(room.status)
  const secret = running && !room.you.confirmed && (room.you.mustConfirm || room.meeting.mode === 'support')
  const tabs = Object.entries(w.tabs)
    .filter(([t]) => room.planId || (t !== 'plan' && t !== 'matrix'))
    .map(([t, label]) => ({ id: t, label }))
  const props = { room, act }
  const day = jstParts(room.meeting.openedAt ?? room.meeting.plannedStart).date
  return (
    <div className="room" data-testid="room" data-status={room.status}>
      <ModeBanner room={room} />
      {room.status === 'draft' ? null : <PhaseBar {...props} />}
      <div className="page stack">
        {error ? <Banner tone="warn" title={error.message} /> : null}
        {!guest && (room.you.chair || room.you.holder) ? (
          <LobbyNotice meeting={id} now={room.now} onDone={reload} />
        ) : null}
        {running && !room.you.here ? <EnterCard id={id} reload={reload} /> : null}
        {secret ? <SecrecyCard {...props} /> : null}
        <NextStep {...props} />
        <Tabs label={room.meeting.title} tabs={tabs} current={tab} onSelect={setTab}>
          <ErrorBoundary key={tab}>
            {tab === 'course' ? <CourseTab {...props} reload={reload} /> : null}
            {tab === 'plan' || tab === 'matrix' ? (
              <PlanTab {...props} part={tab} meetingDay={day} rings={rings} />
            ) : null}
            {tab === 'minutes' ? <MinutesTab room={room} meetingDay={day} reload={reload} /> : null}
            {tab === 'people' ? <PeopleTab {...props} reload={reload} /> : null}
            {tab === 'log' ? <EventLog events={room.events} /> : null}
          </ErrorBoundary>
        </Tabs>
      </div>
    </div>
  )
}
