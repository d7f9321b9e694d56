import { Link } from 'wouter'
import { words } from '../words'

/** The lists that go over all cases: 期限を過ぎた宿題, 地域課題. */
export function AcrossCases() {
  return (
    <nav className="row" aria-label={words.overdue.across}>
      <Link href="/overdue" data-testid="overdue">
        {words.overdue.title}
      </Link>
      <Link href="/local-issues" data-testid="local-issues">
        {words.localIssues.title}
      </Link>
    </nav>
  )
}
