import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { MeetingListPage } from '../pages/meeting/MeetingListPage'
import { MeetingPage } from '../pages/meeting/MeetingPage'
import { PlanPage } from '../pages/plan/PlanPage'
import { SecondStepPage } from '../pages/signin/SecondStepPage'
import { SignInPage } from '../pages/signin/SignInPage'
import { homeOf } from './homeOf'
import { LockScreen } from './LockScreen'
import { NotFound } from './NotFound'
import { Shell } from './Shell'
import { sessionStore } from './sessionStore'
import { titleOf } from './titleOf'
import { useCovered } from './useCovered'
import { useIdleLock } from './useIdleLock'
import { usePrints } from './usePrints'
import { useSession } from './useSession'
import { useTextSize } from './useTextSize'
import { Watermark } from './Watermark'
import { WelcomePage } from './WelcomePage'

// Pages that are not needed for the first picture come when they are opened.
const CaseListPage = lazy(() => import('../pages/cases/CaseListPage').then(m => ({ default: m.CaseListPage })))
const CasePage = lazy(() => import('../pages/cases/CasePage').then(m => ({ default: m.CasePage })))
const NewMeetingPage = lazy(() => import('../pages/meeting/NewMeetingPage').then(m => ({ default: m.NewMeetingPage })))
const NewSittingPage = lazy(() => import('../pages/meeting/NewSittingPage').then(m => ({ default: m.NewSittingPage })))
const AccountPage = lazy(() => import('../pages/account/AccountPage').then(m => ({ default: m.AccountPage })))
const EnrolPage = lazy(() => import('../pages/signin/EnrolPage').then(m => ({ default: m.EnrolPage })))
const LobbyPage = lazy(() => import('../pages/join/LobbyPage').then(m => ({ default: m.LobbyPage })))
const DatesPage = lazy(() => import('../pages/dates/DatesPage').then(m => ({ default: m.DatesPage })))
const PollPage = lazy(() => import('../pages/dates/PollPage').then(m => ({ default: m.PollPage })))
const RulesPage = lazy(() => import('../pages/admin/RulesPage').then(m => ({ default: m.RulesPage })))
const TypesPage = lazy(() => import('../pages/admin/TypesPage').then(m => ({ default: m.TypesPage })))
const AgenciesPage = lazy(() => import('../pages/admin/AgenciesPage').then(m => ({ default: m.AgenciesPage })))
const UsersPage = lazy(() => import('../pages/admin/UsersPage').then(m => ({ default: m.UsersPage })))
const AuditPage = lazy(() => import('../pages/audit/AuditPage').then(m => ({ default: m.AuditPage })))
const IncidentPage = lazy(() => import('../pages/audit/IncidentPage').then(m => ({ default: m.IncidentPage })))
const PersonSeenPage = lazy(() => import('../pages/audit/PersonSeenPage').then(m => ({ default: m.PersonSeenPage })))
const ArchivePage = lazy(() => import('../pages/archive/ArchivePage').then(m => ({ default: m.ArchivePage })))
const ConsentDeskPage = lazy(() =>
  import('../pages/consent/ConsentDeskPage').then(m => ({ default: m.ConsentDeskPage })),
)
const HouseholdPage = lazy(() => import('../pages/household/HouseholdPage').then(m => ({ default: m.HouseholdPage })))
const EndingPage = lazy(() => import('../pages/consent/EndingPage').then(m => ({ default: m.EndingPage })))
const TextsPage = lazy(() => import('../pages/consent/TextsPage').then(m => ({ default: m.TextsPage })))
const ConsentFormPage = lazy(() =>
  import('../pages/consent/ConsentFormPage').then(m => ({ default: m.ConsentFormPage })),
)
const ScreenPage = lazy(() => import('../pages/screen/ScreenPage').then(m => ({ default: m.ScreenPage })))
const StyleguidePage = lazy(() =>
  import('../pages/styleguide/StyleguidePage').then(m => ({ default: m.StyleguidePage })),
)
const SetupPage = lazy(() => import('../pages/setup/SetupPage').then(m => ({ default: m.SetupPage })))
const GlassBreakPage = lazy(() => import('../pages/glass/GlassBreakPage').then(m => ({ default: m.GlassBreakPage })))
const EmergencyMonthPage = lazy(() =>
  import('../pages/cases/EmergencyMonthPage').then(m => ({ default: m.EmergencyMonthPage })),
)
const GlassListPage = lazy(() => import('../pages/glass/GlassListPage').then(m => ({ default: m.GlassListPage })))
const HistoryPage = lazy(() => import('../pages/history/HistoryPage').then(m => ({ default: m.HistoryPage })))
const JoinPage = lazy(() => import('../pages/join/JoinPage').then(m => ({ default: m.JoinPage })))
const DevicePage = lazy(() => import('../pages/join/DevicePage').then(m => ({ default: m.DevicePage })))
const NewCasePage = lazy(() => import('../pages/cases/NewCasePage').then(m => ({ default: m.NewCasePage })))

/** All routes. Behind the sign-in every page stands in the shell, but for the projector. */
export function App() {
  return (
    <Suspense fallback={null}>
      <Desk />
    </Suspense>
  )
}

/** The pages, and the cover over them while nobody is at the desk: what was typed stays under it. */
function Desk() {
  const session = useSession()
  const covered = useCovered()
  usePrints(session)
  useIdleLock(session?.state === 'signed_in' && !covered)
  return (
    <>
      <div hidden={covered} inert={covered}>
        <Routes />
        <Watermark />
      </div>
      {covered ? <LockScreen name={session?.actor?.name ?? ''} guest={Boolean(session?.actor?.guestMeeting)} /> : null}
    </>
  )
}

function Routes() {
  const session = useSession()
  const [where] = useLocation()
  useTextSize()
  useEffect(() => {
    document.title = titleOf(where)
  }, [where])
  useEffect(() => {
    sessionStore.load().catch(() => sessionStore.set({ state: 'signed_out' }))
  }, [])

  if (where === '/styleguide') return <StyleguidePage />
  if (!session) return null
  if (where === '/join') return <JoinPage />
  if (where === '/dates') return <DatesPage />
  if (where === '/check') return <DevicePage />
  if (session.state === 'setup') return <SetupPage />
  if (session.state === 'signed_out') return <SignInPage />
  if (session.state === 'factor') return <SecondStepPage />
  if (session.state === 'enrol') return <EnrolPage />
  if (session.state === 'locked') return <LockScreen name={session.name ?? ''} guest={session.guest ?? false} />
  if (session.actor?.waiting) return <LobbyPage />
  const screen = /^\/meetings\/([^/]+)\/screen$/.exec(where)
  if (screen?.[1]) return <ScreenPage id={screen[1]} />
  const guest = session.actor?.guestMeeting
  if (guest && where !== `/meetings/${guest}` && where !== `/meetings/${guest}/history`)
    return <Redirect to={`/meetings/${guest}`} replace />

  return (
    <Shell>
      <Switch>
        <Route path="/">
          <Redirect to={homeOf(session.actor)} replace />
        </Route>
        <Route path="/cases" component={CaseListPage} />
        <Route path="/cases/new" component={NewCasePage} />
        <Route path="/cases/:id">{p => <CasePage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/household">{p => <HouseholdPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/consents">{p => <ConsentDeskPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/consents/new/:person">
          {p => <ConsentFormPage key={p.person} id={p.id} person={p.person} />}
        </Route>
        <Route path="/cases/:id/persons/:person/seen">
          {p => <PersonSeenPage key={p.person} id={p.id} person={p.person} />}
        </Route>
        <Route path="/cases/:id/consents/renew/:record">
          {p => <ConsentFormPage key={p.record} id={p.id} renews={p.record} />}
        </Route>
        <Route path="/cases/:id/meetings/new">{p => <NewMeetingPage key={p.id} id={p.id} />}</Route>
        <Route path="/plans/:id">{p => <PlanPage key={p.id} id={p.id} />}</Route>
        <Route path="/plans/:id/history">{p => <HistoryPage key={p.id} kind="plan" id={p.id} />}</Route>
        <Route path="/meetings/new" component={NewSittingPage} />
        <Route path="/meetings/:id/history">{p => <HistoryPage key={p.id} kind="minutes" id={p.id} />}</Route>
        <Route path="/meetings/:id/dates">{p => <PollPage key={p.id} id={p.id} />}</Route>
        <Route path="/meetings" component={MeetingListPage} />
        <Route path="/meetings/:id">{p => <MeetingPage key={p.id} id={p.id} />}</Route>
        <Route path="/archive" component={ArchivePage} />
        <Route path="/audit" component={AuditPage} />
        <Route path="/incidents" component={IncidentPage} />
        <Route path="/admin/agencies" component={AgenciesPage} />
        <Route path="/admin/users" component={UsersPage} />
        <Route path="/admin/meeting-types" component={TypesPage} />
        <Route path="/admin/rules" component={RulesPage} />
        <Route path="/admin/glass" component={GlassBreakPage} />
        <Route path="/glass" component={GlassListPage} />
        <Route path="/emergencies" component={EmergencyMonthPage} />
        <Route path="/admin/consent-texts" component={TextsPage} />
        <Route path="/consents/ending" component={EndingPage} />
        <Route path="/account" component={AccountPage} />
        <Route path="/welcome" component={WelcomePage} />
        <Route component={NotFound} />
      </Switch>
    </Shell>
  )
}
