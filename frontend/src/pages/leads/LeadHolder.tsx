import type { Leads } from '../../api/leads'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  label: string
  holder: Leads['now']
  /** A plan that names it is enough: who is 主担当機関 was agreed with the plan. */
  plain?: boolean
}

/** One 主担当 in a line: the agency, and whether it has taken that on. */
export function LeadHolder({ label, holder, plain }: Props) {
  const w = words.leads
  const planned = holder.state === 'planned'
  return (
    <div className="stack-s">
      <p className="row">
        <span className="soft">{label}</span>
        <strong>{holder.name || w.nobody}</strong>
        {holder.at ? (
          <Chip tone="good">{holder.label}</Chip>
        ) : planned && !plain ? (
          <Chip tone="warn">{holder.label}</Chip>
        ) : null}
      </p>
      {holder.at ? (
        <span className="soft">{w.takenBy(holder.label, showInstant(holder.at, 'short'), holder.by ?? '')}</span>
      ) : planned && !plain ? (
        <span className="soft">{w.planned}</span>
      ) : null}
      {holder.condition ? <span>{w.condition(holder.condition)}</span> : null}
    </div>
  )
}
