import type { DocEntry } from '../../live/useSlots'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { mayWrite } from './mayWrite'
import { ownOnly } from './ownOnly'
import type { PlanContext } from './PlanContext'

interface Props {
  plan: PlanContext
  main: DocEntry | undefined
}

/** 主担当機関, period and next monitoring: single values of the main document. */
export function PlanTerms({ plan, main }: Props) {
  const doc = main?.slot.doc
  if (!main || !doc?.loaded) return null
  const w = words.plan
  const off = !mayWrite(main) || ownOnly(main)
  const get = (key: string) => String(doc.values.get(key) ?? '')
  const set = (key: string) => (v: string) => doc.values.set({ [key]: v })
  const agencies = [
    { value: '', label: words.form.choose },
    ...plan.view.columns.filter(c => c.kind === 'agency').map(c => ({ value: c.id, label: c.name })),
  ]
  return (
    <section className="card form-grid">
      <SelectField
        label={w.lead}
        value={get('lead')}
        options={agencies}
        onValue={set('lead')}
        disabled={off}
        data-testid="plan-lead"
      />
      <SelectField
        label={w.afterLead}
        value={get('after_lead')}
        options={agencies}
        onValue={set('after_lead')}
        disabled={off}
      />
      <DateField
        label={`${w.period}：${w.from}`}
        value={get('period_from')}
        onValue={set('period_from')}
        readOnly={off}
        data-testid="plan-from"
      />
      <DateField
        label={`${w.period}：${w.to}`}
        value={get('period_to')}
        onValue={set('period_to')}
        readOnly={off}
        data-testid="plan-to"
      />
      <DateField
        label={w.monitoring}
        value={get('next_monitoring')}
        onValue={set('next_monitoring')}
        readOnly={off}
        data-testid="plan-monitoring"
      />
    </section>
  )
}
