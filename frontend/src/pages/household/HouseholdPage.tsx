import { Link } from 'wouter'
import { useActor } from '../../app/useActor'
import { LivePage } from '../../live/LivePage'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { HouseholdBody } from './HouseholdBody'

interface Props {
  id: string
}

/** 世帯の図 of a case, outside of meetings. */
export function HouseholdPage({ id }: Props) {
  const w = words.household
  const { noCopies } = useActor()
  return (
    <LivePage context="">
      <div className="page stack">
        <p className="crumbs">
          <Link href={`/cases/${id}`}>{w.back}</Link>
        </p>
        <div className="between">
          <h1>{w.title}</h1>
          {noCopies ? null : (
            <Button small onClick={() => window.print()}>
              {w.print}
            </Button>
          )}
        </div>
        <HouseholdBody caseId={id} meetingId="" />
      </div>
    </LivePage>
  )
}
