import { Link } from 'wouter'
import { words } from '../words'
import { useActor } from './useActor'

/** The lists that go over all cases: 訪問の一日表, 期限を過ぎた宿題, 地域課題, 社会資源台帳, and 集計 and 稼働状況 for who holds the cases. */
export function AcrossCases() {
  const { roles } = useActor()
  const goes = ['secretariat', 'city', 'agency', 'chair'].some(r => roles.includes(r))
  return (
    <nav className="row" aria-label={words.overdue.across}>
      {goes ? (
        <Link href="/outreach" data-testid="outreach-day">
          {words.outreach.dayTitle}
        </Link>
      ) : null}
      <Link href="/overdue" data-testid="overdue">
        {words.overdue.title}
      </Link>
      <Link href="/local-issues" data-testid="local-issues">
        {words.localIssues.title}
      </Link>
      {roles.some(r => ['secretariat', 'city', 'chair', 'agency'].includes(r)) ? (
        <Link href="/places" data-testid="places-link">
          {words.places.title}
        </Link>
      ) : null}
      {roles.includes('secretariat') || roles.includes('city') ? (
        <>
          <Link href="/joinings" data-testid="joinings-link">
            {words.joinings.overview}
          </Link>
          <Link href="/figures" data-testid="figures">
            {words.figures.title}
          </Link>
        </>
      ) : null}
      {roles.includes('secretariat') || roles.includes('city') ? (
        <>
          <Link href="/jobs" data-testid="jobs">
            {words.jobs.title}
          </Link>
          <Link href="/status" data-testid="status">
            {words.status.title}
          </Link>
        </>
      ) : null}
    </nav>
  )
}
