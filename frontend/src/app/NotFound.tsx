import { Link } from 'wouter'
import { words } from '../words'

/** What stands at an address without a page. */
export function NotFound() {
  return (
    <div className="page stack">
      <h1>{words.app.notFound}</h1>
      <p>{words.app.notFoundHint}</p>
      <p>
        <Link href="/">{words.app.toTop}</Link>
      </p>
    </div>
  )
}
