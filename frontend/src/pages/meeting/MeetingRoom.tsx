import { useEffect, useState } from 'react'
import type { Room } from '../../api/meeting'
import { ErrorBoundary } from '../../app/ErrorBoundary'
import { later } from '../../app/later'
import { PageState } from '../../app/PageState'
import { sessionStore } from '../../app/sessionStore'
import { useActor } from '../../app/useActor'
import { whenIdle } from '../../app/whenIdle'
import { jstParts } from '../../dates/jstParts'
import { Banner } from '../../parts/Banner'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { CancelledCard } from './CancelledCard'
import { CourseTab } from './CourseTab'
import { ChairPanel } from './during/ChairPanel'
import { RoomTools } from './during/RoomTools'
import { TurnNow } from './during/TurnCard'
import { useFollow } from './during/useFollow'
import { WideBar } from './during/WideBar'
import { EnterCard } from './EnterCard'
import { GuestsAlong } from './GuestsAlong'
import { isOver } from './isOver'
import { LobbyNotice } from './LobbyNotice'
import { ModeBanner } from './ModeBanner'
import { NextStep } from './NextStep'
import { PhaseBar } from './PhaseBar'
import { PrepNotice } from './PrepNotice'
import { SecrecyCard } from './SecrecyCard'
import { SittingBar } from './SittingBar'
import { type RoomState, useRoom } from './useRoom'

interface Props {
  id: string
}

// The first tab is in the file of the room. The others come while there is nothing else to do, in the order in which they are wanted.
const PlanTab = later(() => import('./PlanTab').then(m => m.PlanTab))
const MinutesTab = later(() => import('../minutes/MinutesTab').then(m => m.MinutesTab))
const PeopleTab = later(() => import('./PeopleTab').then(m => m.PeopleTab))
const PrepTab = later(() => import('./PrepTab').then(m => m.PrepTab))
const HouseholdTab = later(() => import('../household/HouseholdBody').then(m => m.HouseholdBody))
const EventLog = later(() => import('./EventLog').then(m => m.EventLog))
const OTHERS = [PlanTab, MinutesTab, PeopleTab, PrepTab, HouseholdTab, EventLog]

/** The meeting: what it is, where it is, what comes next; and under that everything it works on. */
export function MeetingRoom({ id }: Props) {
  const state = useRoom(id)
  const { room, error, reload } = state
  const guest = Boolean(useActor().guestMeeting)
  const w = words.meeting
  // A guest may have been taken along to the next case: the session knows which meeting is theirs now.
  const over = guest && isOver(error, guest)
  useEffect(() => {
    if (over) void sessionStore.load().catch(() => {})
  }, [over])
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
  return <Inside {...state} room={room} guest={guest} />
}

/** The room for somebody who is in it. */
function Inside({ room, error, reload, act, rings, guest }: RoomState & { room: Room; guest: boolean }) {
  const w = words.meeting
  const id = room.meeting.id
  const running = ['reception', 'open', 'agreeing'].includes(room.status)
  const secret = running && !room.you.confirmed && (room.you.mustConfirm || room.meeting.mode === 'support')
  const tabs = Object.entries(w.tabs)
    .filter(([t]) => room.planId || (t !== 'plan' && t !== 'matrix'))
    .map(([t, label]) => ({ id: t, label }))
  const props = { room, act }
  const [wide, setWide] = useState(false)
  const follow = useFollow(props)
  const tab = tabs.some(t => t.id === follow.tab) ? follow.tab : 'course'
  const turns = room.during.turns
  useEffect(() => whenIdle(OTHERS.map(t => t.load)), [])
  const day = jstParts(room.meeting.openedAt ?? room.meeting.plannedStart).date
  return (
    <div className="room" data-testid="room" data-status={room.status} data-wide={wide || undefined}>
      <ModeBanner {...props} />
      <SittingBar room={room} />
      {['draft', 'cancelled'].includes(room.status) ? null : <PhaseBar {...props} />}
      <div className="page stack">
        {error ? <Banner tone="warn" title={error.message} /> : null}
        {!guest && (room.you.chair || room.you.holder) ? (
          <>
            <LobbyNotice meeting={id} now={room.now} onDone={reload} />
            <GuestsAlong room={room} reload={reload} />
          </>
        ) : null}
        {running && !room.you.here ? <EnterCard id={id} reload={reload} /> : null}
        <CancelledCard room={room} />
        {secret ? <SecrecyCard {...props} /> : null}
        <NextStep {...props} />
        {tab === 'prep' ? null : <PrepNotice room={room} onGo={() => follow.select('prep')} />}
        <ChairPanel {...props} />
        <RoomTools {...props} follow={follow} tabs={tabs} onWide={() => setWide(x => !x)} />
        {wide ? <WideBar room={room} onBack={() => setWide(false)} /> : null}
        {running && turns && !turns.endedAt && tab !== 'course' ? (
          <TurnNow room={room} turns={turns} now={turns.order.find(t => t.state === 'speaking')} />
        ) : null}
        <Tabs label={room.meeting.title} tabs={tabs} current={tab} onSelect={follow.select}>
          <ErrorBoundary key={tab}>
            {tab === 'course' ? (
              <CourseTab {...props} reload={reload} onMinutes={() => follow.select('minutes')} />
            ) : null}
            {tab === 'plan' || tab === 'matrix' ? (
              <PlanTab {...props} part={tab} meetingDay={day} rings={rings} />
            ) : null}
            {tab === 'minutes' ? <MinutesTab {...props} meetingDay={day} reload={reload} /> : null}
            {tab === 'prep' ? <PrepTab {...props} rings={rings} /> : null}
            {tab === 'people' ? <PeopleTab {...props} reload={reload} /> : null}
            {tab === 'house' ? <HouseholdTab caseId={room.meeting.caseId} meetingId={id} /> : null}
            {tab === 'log' ? <EventLog events={room.events} /> : null}
          </ErrorBoundary>
        </Tabs>
      </div>
    </div>
  )
}
