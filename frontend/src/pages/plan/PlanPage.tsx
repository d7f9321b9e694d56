import { Link } from 'wouter'
import { api } from '../../api/api'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { LivePage } from '../../live/LivePage'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { GlassGuard } from '../glass/GlassGuard'
import { MatrixSave } from './MatrixSave'
import { PlanBody } from './PlanBody'
import { usePlan } from './usePlan'

interface Props {
  id: string
}

/** The plan outside of a meeting. */
export function PlanPage({ id }: Props) {
  return (
    <LivePage context="">
      <Inner id={id} />
    </LivePage>
  )
}

function Inner({ id }: Props) {
  const { plan, glass, error, reload } = usePlan(id, '', '', 0)
  const { noCopies } = useActor()
  const w = words.plan
  if (!plan) return <PageState error={error} reload={reload} />
  return (
    <GlassGuard glass={glass}>
      <div className="page stack">
        <div className="between">
          <div className="row">
            <h1>{w.title}</h1>
            <strong>{words.cases.planRound(plan.view.plan.round)}</strong>
            <Link href={`/cases/${plan.view.plan.caseId}`}>{words.consent.back}</Link>
          </div>
          <div className="row no-print">
            {glass ? null : (
              <Link className="button" data-small href={`/plans/${id}/history`} data-testid="plan-history">
                {words.history.title}
              </Link>
            )}
            {noCopies || glass ? null : (
              <>
                <a className="button" data-small href={`${base}/api/plans/${id}/pdf?kind=plan`} data-testid="plan-pdf">
                  {w.pdf}
                </a>
                <a
                  className="button"
                  data-small
                  href={`${base}/api/plans/${id}/pdf?kind=matrix`}
                  data-testid="matrix-pdf"
                >
                  {w.pdfMatrix}
                </a>
                {plan.view.abilities.take ? <MatrixSave plan={id} /> : null}
                <Button small onClick={() => window.print()}>
                  {w.print}
                </Button>
              </>
            )}
          </div>
        </div>
        <PlanBody
          plan={plan}
          answerWhy=""
          onAnswer={async body => {
            await api.post(`/plans/${id}/answers`, body)
            await reload()
          }}
        />
      </div>
    </GlassGuard>
  )
}
