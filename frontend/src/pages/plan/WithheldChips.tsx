import type { PlanView } from '../../api/plan'
import { Withheld } from '../../live/Withheld'

interface Props {
  view: PlanView
}

/** What the reader may not see of a plan, item by item, and why: out of scope, withdrawn, expired. */
export function WithheldChips({ view }: Props) {
  if (!view.withheld.length) return null
  return (
    <div className="row" data-testid="plan-withheld">
      {view.withheld.map(x => (
        <Withheld
          key={x.personId + x.item}
          label={x.itemLabel}
          reason={view.docs.find(d => d.personId === x.personId && d.item === x.item)?.reasonLabel}
        />
      ))}
    </div>
  )
}
