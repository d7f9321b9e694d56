import { Link } from 'wouter'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'

/** In place of a case whose 緊急時の閲覧 is over. */
export function GlassOver() {
  const w = words.glass
  return (
    <div className="page">
      <Banner
        tone="warn"
        title={w.over}
        data-testid="glass-over"
        actions={
          <Link href="/admin/glass" className="button">
            {w.back}
          </Link>
        }
      >
        {w.overText}
      </Banner>
    </div>
  )
}
