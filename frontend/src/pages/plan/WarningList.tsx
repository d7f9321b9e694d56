import type { PlanWarning } from '../../api/plan'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  warnings: readonly PlanWarning[]
}

/** What the server thinks should be looked at before the plan is agreed. */
export function WarningList({ warnings }: Props) {
  const w = words.plan
  return (
    <section className="card stack-s no-print" aria-labelledby="warnings-title" data-testid="warnings">
      <h3 id="warnings-title">{w.warnings}</h3>
      {warnings.length ? null : <p className="soft">{w.noWarnings}</p>}
      <ul className="list">
        {warnings.map(x => (
          <li key={`${x.code}${x.actionId}${x.column}`}>
            {x.blocking ? <Chip tone="bad">{w.blocking}</Chip> : <Chip tone="warn">{words.matrix.warning}</Chip>}{' '}
            {x.message}
          </li>
        ))}
      </ul>
    </section>
  )
}
