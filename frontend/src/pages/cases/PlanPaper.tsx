import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { words } from '../../words'

interface Props {
  caseId: string
  form: 'outreach_plan' | 'joining_plan'
}

/** The plan of アウトリーチ等事業 or 参加支援事業 as a PDF, and where it is written. */
export function PlanPaper({ caseId, form }: Props) {
  const { noCopies } = useActor()
  const w = words.casesheets
  return (
    <p className="row no-print">
      {noCopies ? null : (
        <a href={`${base}/api/cases/${caseId}/sheets/${form}.pdf`} target="_blank" rel="noreferrer">
          {w.plans[form]}
        </a>
      )}
      <span className="soft">{w.planWhere}</span>
    </p>
  )
}
