import { useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { SecondStepPage } from '../pages/signin/SecondStepPage'
import { SignInPage } from '../pages/signin/SignInPage'
import { ahead } from './ahead'
import { base } from './base'
import { homeOf } from './homeOf'
import { LockScreen } from './LockScreen'
import { later } from './later'
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
import { whenIdle } from './whenIdle'

// Pages that are not needed for the first picture come when they are opened; the room is on its way as soon as somebody is signed in.
const MeetingListPage = later(() => import('../pages/meeting/MeetingListPage').then(m => m.MeetingListPage))
const MeetingPage = later(() => import('../pages/meeting/MeetingPage').then(m => m.MeetingPage))
const OverduePage = later(() => import('../pages/meeting/OverduePage').then(m => m.OverduePage))
const LocalIssuesPage = later(() => import('../pages/meeting/LocalIssuesPage').then(m => m.LocalIssuesPage))
const OutreachPage = later(() => import('../pages/outreach/OutreachPage').then(m => m.OutreachPage))
const ReviewsPage = later(() => import('../pages/reviews/ReviewsPage').then(m => m.ReviewsPage))
const DayPage = later(() => import('../pages/outreach/DayPage').then(m => m.DayPage))
const JoiningPage = later(() => import('../pages/joining/JoiningPage').then(m => m.JoiningPage))
const OverviewPage = later(() => import('../pages/joining/OverviewPage').then(m => m.OverviewPage))
const PlacesPage = later(() => import('../pages/places/PlacesPage').then(m => m.PlacesPage))
const PlaceDetailPage = later(() => import('../pages/places/PlaceDetailPage').then(m => m.PlaceDetailPage))
const NewPlacePage = later(() => import('../pages/places/PlaceFormPage').then(m => m.NewPlacePage))
const EditPlacePage = later(() => import('../pages/places/PlaceFormPage').then(m => m.EditPlacePage))
const FigureCasesPage = later(() => import('../pages/figures/FigureCasesPage').then(m => m.FigureCasesPage))
const FunnelPage = later(() => import('../pages/figures/FunnelPage').then(m => m.FunnelPage))
const TargetsPage = later(() => import('../pages/figures/TargetsPage').then(m => m.TargetsPage))
const FiguresPage = later(() => import('../pages/figures/FiguresPage').then(m => m.FiguresPage))
const JobsPage = later(() => import('../pages/jobs/JobsPage').then(m => m.JobsPage))
const StatusPage = later(() => import('../pages/status/StatusPage').then(m => m.StatusPage))
const PlanPage = later(() => import('../pages/plan/PlanPage').then(m => m.PlanPage))
const CaseListPage = later(() => import('../pages/cases/CaseListPage').then(m => m.CaseListPage))
const CasePage = later(() => import('../pages/cases/CasePage').then(m => m.CasePage))
const NewMeetingPage = later(() => import('../pages/meeting/NewMeetingPage').then(m => m.NewMeetingPage))
const NewSittingPage = later(() => import('../pages/meeting/NewSittingPage').then(m => m.NewSittingPage))
const AccountPage = later(() => import('../pages/account/AccountPage').then(m => m.AccountPage))
const EnrolPage = later(() => import('../pages/signin/EnrolPage').then(m => m.EnrolPage))
const LobbyPage = later(() => import('../pages/join/LobbyPage').then(m => m.LobbyPage))
const DatesPage = later(() => import('../pages/dates/DatesPage').then(m => m.DatesPage))
const PollPage = later(() => import('../pages/dates/PollPage').then(m => m.PollPage))
const RulesPage = later(() => import('../pages/admin/RulesPage').then(m => m.RulesPage))
const TypesPage = later(() => import('../pages/admin/TypesPage').then(m => m.TypesPage))
const NetworkPage = later(() => import('../pages/network/NetworkPage').then(m => m.NetworkPage))
const FormsPage = later(() => import('../pages/forms/FormsPage').then(m => m.FormsPage))
const GaijiPage = later(() => import('../pages/gaiji/GaijiPage').then(m => m.GaijiPage))
const TokensPage = later(() => import('../pages/admin/TokensPage').then(m => m.TokensPage))
const AgenciesPage = later(() => import('../pages/admin/AgenciesPage').then(m => m.AgenciesPage))
const TownPage = later(() => import('../pages/admin/TownPage').then(m => m.TownPage))
const FirstRunPage = later(() => import('../pages/firstrun/FirstRunPage').then(m => m.FirstRunPage))
const UsersPage = later(() => import('../pages/admin/UsersPage').then(m => m.UsersPage))
const AuditPage = later(() => import('../pages/audit/AuditPage').then(m => m.AuditPage))
const IncidentPage = later(() => import('../pages/audit/IncidentPage').then(m => m.IncidentPage))
const PersonSeenPage = later(() => import('../pages/audit/PersonSeenPage').then(m => m.PersonSeenPage))
const CasePapersPage = later(() => import('../pages/archive/CasePapersPage').then(m => m.CasePapersPage))
const CopiesPage = later(() => import('../pages/archive/CopiesPage').then(m => m.CopiesPage))
const ArchivePage = later(() => import('../pages/archive/ArchivePage').then(m => m.ArchivePage))
const ConsentDeskPage = later(() => import('../pages/consent/ConsentDeskPage').then(m => m.ConsentDeskPage))
const HouseholdPage = later(() => import('../pages/household/HouseholdPage').then(m => m.HouseholdPage))
const EndingPage = later(() => import('../pages/consent/EndingPage').then(m => m.EndingPage))
const TextsPage = later(() => import('../pages/consent/TextsPage').then(m => m.TextsPage))
const ConsentFormPage = later(() => import('../pages/consent/ConsentFormPage').then(m => m.ConsentFormPage))
const ScreenPage = later(() => import('../pages/screen/ScreenPage').then(m => m.ScreenPage))
const StyleguidePage = later(() => import('../pages/styleguide/StyleguidePage').then(m => m.StyleguidePage))
const SetupPage = later(() => import('../pages/setup/SetupPage').then(m => m.SetupPage))
const GlassBreakPage = later(() => import('../pages/glass/GlassBreakPage').then(m => m.GlassBreakPage))
const EmergencyMonthPage = later(() => import('../pages/cases/EmergencyMonthPage').then(m => m.EmergencyMonthPage))
const GlassListPage = later(() => import('../pages/glass/GlassListPage').then(m => m.GlassListPage))
const HistoryPage = later(() => import('../pages/history/HistoryPage').then(m => m.HistoryPage))
const JoinPage = later(() => import('../pages/join/JoinPage').then(m => m.JoinPage))
const DevicePage = later(() => import('../pages/join/DevicePage').then(m => m.DevicePage))
const IntakeListPage = later(() => import('../pages/intake/IntakeListPage').then(m => m.IntakeListPage))
const IntakeFormPage = later(() => import('../pages/intake/IntakeFormPage').then(m => m.IntakeFormPage))
const ReferralsPage = later(() => import('../pages/referral/ReferralsPage').then(m => m.ReferralsPage))
const ReferralPage = later(() => import('../pages/referral/ReferralPage').then(m => m.ReferralPage))
const NewReferralPage = later(() => import('../pages/referral/NewReferralPage').then(m => m.NewReferralPage))
const ImportsPage = later(() => import('../pages/imports/ImportsPage').then(m => m.ImportsPage))
const NewImportPage = later(() => import('../pages/imports/NewImportPage').then(m => m.NewImportPage))
const NewCasePage = later(() => import('../pages/cases/NewCasePage').then(m => m.NewCasePage))

// Whoever opens a room has its file, and what stands in it, fetched while the session is asked for.
const room = /^\/meetings\/((?!new$)[^/]+)$/.exec(window.location.pathname.slice(base.length))?.[1]
if (room) {
  void MeetingPage.load().catch(() => {})
  ahead.ask(`/meetings/${room}`)
}

/** All pages, and the cover over them while nobody is at the desk: what was typed stays under it. */
export function App() {
  const session = useSession()
  const covered = useCovered()
  usePrints(session)
  useIdleLock(session?.state === 'signed_in' && !covered)
  const inside = session?.state === 'signed_in'
  useEffect(() => (inside ? whenIdle([MeetingPage.load]) : undefined), [inside])
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

/** The routes. Behind the sign-in every page stands in the shell, but for the projector. */
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
        <Route path="/intakes" component={IntakeListPage} />
        <Route path="/intakes/new" component={IntakeFormPage} />
        <Route path="/referrals" component={ReferralsPage} />
        <Route path="/referrals/:id">{p => <ReferralPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases" component={CaseListPage} />
        <Route path="/cases/:id/referrals/new">{p => <NewReferralPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/new" component={NewCasePage} />
        <Route path="/imports" component={ImportsPage} />
        <Route path="/imports/new" component={NewImportPage} />
        <Route path="/cases/:id">{p => <CasePage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/household">{p => <HouseholdPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/outreach">{p => <OutreachPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/reviews">{p => <ReviewsPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/papers">{p => <CasePapersPage key={p.id} id={p.id} />}</Route>
        <Route path="/outreach" component={DayPage} />
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
        <Route path="/overdue" component={OverduePage} />
        <Route path="/local-issues" component={LocalIssuesPage} />
        <Route path="/cases/:id/joining">{p => <JoiningPage key={p.id} id={p.id} />}</Route>
        <Route path="/joinings" component={OverviewPage} />
        <Route path="/places" component={PlacesPage} />
        <Route path="/places/new">{() => <NewPlacePage />}</Route>
        <Route path="/places/new/:meeting/:note">
          {p => <NewPlacePage key={p.note} meeting={p.meeting} note={p.note} />}
        </Route>
        <Route path="/places/:id/edit">{p => <EditPlacePage key={p.id} id={p.id} />}</Route>
        <Route path="/places/:id">{p => <PlaceDetailPage key={p.id} id={p.id} />}</Route>
        <Route path="/network" component={NetworkPage} />
        <Route path="/figures" component={FiguresPage} />
        <Route path="/figures/cases" component={FigureCasesPage} />
        <Route path="/figures/funnel" component={FunnelPage} />
        <Route path="/figures/targets" component={TargetsPage} />
        <Route path="/jobs" component={JobsPage} />
        <Route path="/status" component={StatusPage} />
        <Route path="/archive" component={ArchivePage} />
        <Route path="/archive/:id/copies">{p => <CopiesPage key={p.id} id={p.id} />}</Route>
        <Route path="/audit" component={AuditPage} />
        <Route path="/incidents" component={IncidentPage} />
        <Route path="/admin/agencies" component={AgenciesPage} />
        <Route path="/admin/town" component={TownPage} />
        <Route path="/admin/first-run/:step?">{p => <FirstRunPage key="way" step={p.step} />}</Route>
        <Route path="/admin/tokens" component={TokensPage} />
        <Route path="/admin/users" component={UsersPage} />
        <Route path="/admin/meeting-types" component={TypesPage} />
        <Route path="/admin/rules" component={RulesPage} />
        <Route path="/admin/forms" component={FormsPage} />
        <Route path="/admin/gaiji" component={GaijiPage} />
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
