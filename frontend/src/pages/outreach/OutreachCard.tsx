import { Link } from 'wouter'
import type { OutreachBoard } from '../../api/outreach'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import './outreach.css'
import { LastContact } from './LastContact'
import { RelationLine } from './RelationLine'
import { SafetyBox } from './SafetyBox'

interface Props {
  caseId: string
}

/** アウトリーチ on the page of a case: what to know before going, how near one has come, what is next. */
export function OutreachCard({ caseId }: Props) {
  const { roles } = useActor()
  const may = ['secretariat', 'city', 'agency', 'chair'].some(r => roles.includes(r))
  const { data } = useLoad<OutreachBoard>(may ? `/cases/${caseId}/outreach?brief=1` : null)
  const w = words.outreach
  if (!may || !data) return null
  const next = data.visits.find(v => v.mine) ?? data.visits[0]
  return (
    <section className="card stack-s" aria-labelledby="outreach-title" data-testid="outreach-card">
      <div className="between">
        <h2 id="outreach-title">{w.title}</h2>
        <Link href={`/cases/${caseId}/outreach`} className="button" data-testid="open-outreach">
          {w.open}
        </Link>
      </div>
      <SafetyBox safety={data.safety} short />
      <RelationLine steps={data.steps} />
      <p>
        <span className="soft">{w.last}</span>　<LastContact last={data.last} />
      </p>
      <p className="row">
        <span className="soft">{w.next}</span>
        {next ? (
          <>
            <span>
              {showDate(next.day, 'short')} {next.clock || w.noClock}　{next.who}
            </span>
            {next.daysLate ? <Chip tone="bad">{w.late(next.daysLate)}</Chip> : null}
          </>
        ) : (
          <span>{w.nextNone}</span>
        )}
      </p>
      {data.hidden ? <p className="soft">{w.hidden(data.hidden)}</p> : null}
    </section>
  )
}
