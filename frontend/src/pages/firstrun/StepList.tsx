import { Link } from 'wouter'
import type { StepId, Way } from '../../api/firstRun'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

/** The seven steps with what is done. */
export function StepList({ way, current }: { way: Way; current: StepId }) {
  const w = words.firstRun
  return (
    <nav aria-label={w.nav} className="firstrun-steps no-print">
      <p className="firstrun-count" data-testid="first-run-count">
        <strong>{w.progress(way.done, way.steps.length)}</strong>
      </p>
      <progress value={way.done} max={way.steps.length} aria-label={w.progress(way.done, way.steps.length)} />
      <ol>
        {way.steps.map((s, i) => (
          <li key={s.id}>
            <Link
              href={`/admin/first-run/${s.id}`}
              aria-current={s.id === current ? 'step' : undefined}
              title={s.at ? w.doneBy(showInstant(s.at), s.byName) : undefined}
              data-testid={`step-${s.id}`}
            >
              <span>{w.stepOf(i + 1, w.steps[s.id])}</span>
              <Chip tone={s.done ? 'good' : 'plain'}>{s.done ? w.done : w.open}</Chip>
            </Link>
          </li>
        ))}
      </ol>
      <p className="soft">{w.lead}</p>
    </nav>
  )
}
