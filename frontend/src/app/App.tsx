import { useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { AgenciesPage } from '../pages/admin/AgenciesPage'
import { UsersPage } from '../pages/admin/UsersPage'
import { ArchivePage } from '../pages/archive/ArchivePage'
import { CaseListPage } from '../pages/cases/CaseListPage'
import { CasePage } from '../pages/cases/CasePage'
import { NewCasePage } from '../pages/cases/NewCasePage'
import { ConsentDeskPage } from '../pages/consent/ConsentDeskPage'
import { ConsentFormPage } from '../pages/consent/ConsentFormPage'
import { JoinPage } from '../pages/join/JoinPage'
import { MeetingListPage } from '../pages/meeting/MeetingListPage'
import { MeetingPage } from '../pages/meeting/MeetingPage'
import { NewMeetingPage } from '../pages/meeting/NewMeetingPage'
import { PlanPage } from '../pages/plan/PlanPage'
import { ScreenPage } from '../pages/screen/ScreenPage'
import { SetupPage } from '../pages/setup/SetupPage'
import { SignInPage } from '../pages/signin/SignInPage'
import { StyleguidePage } from '../pages/styleguide/StyleguidePage'
import { NotFound } from './NotFound'
import { Shell } from './Shell'
import { sessionStore } from './sessionStore'
import { useSession } from './useSession'
import { useTextSize } from './useTextSize'

/** All routes. Behind the sign-in every page stands in the shell, but for the projector. */
export function App() {
  const session = useSession()
  const [where] = useLocation()
  useTextSize()
  useEffect(() => {
    sessionStore.load().catch(() => sessionStore.set({ state: 'signed_out' }))
  }, [])

  if (where === '/styleguide') return <StyleguidePage />
  if (!session) return null
  if (where === '/join') return <JoinPage />
  if (session.state === 'setup') return <SetupPage />
  if (session.state === 'signed_out') return <SignInPage />
  const screen = /^\/meetings\/([^/]+)\/screen$/.exec(where)
  if (screen?.[1]) return <ScreenPage id={screen[1]} />
  const guest = session.actor?.guestMeeting
  if (guest && where !== `/meetings/${guest}`) return <Redirect to={`/meetings/${guest}`} replace />

  return (
    <Shell>
      <Switch>
        <Route path="/">
          <Redirect to="/cases" replace />
        </Route>
        <Route path="/cases" component={CaseListPage} />
        <Route path="/cases/new" component={NewCasePage} />
        <Route path="/cases/:id">{p => <CasePage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/consents">{p => <ConsentDeskPage key={p.id} id={p.id} />}</Route>
        <Route path="/cases/:id/consents/new/:person">
          {p => <ConsentFormPage key={p.person} id={p.id} person={p.person} />}
        </Route>
        <Route path="/cases/:id/meetings/new">{p => <NewMeetingPage key={p.id} id={p.id} />}</Route>
        <Route path="/plans/:id">{p => <PlanPage key={p.id} id={p.id} />}</Route>
        <Route path="/meetings" component={MeetingListPage} />
        <Route path="/meetings/:id">{p => <MeetingPage key={p.id} id={p.id} />}</Route>
        <Route path="/archive" component={ArchivePage} />
        <Route path="/admin/agencies" component={AgenciesPage} />
        <Route path="/admin/users" component={UsersPage} />
        <Route component={NotFound} />
      </Switch>
    </Shell>
  )
}
