import { Link } from 'wouter'
import type { ReferralLine } from '../../api/referral'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { words } from '../../words'
import { ReferralState } from './ReferralTable'

interface Props {
  caseId: string
  closed: boolean
}

/** つなぎ of a case, and the way to a new one. */
export function ReferralsCard({ caseId, closed }: Props) {
  const { roles } = useActor()
  const may = ['secretariat', 'city', 'agency'].some(r => roles.includes(r))
  const { data } = useLoad<{ referrals: ReferralLine[] }>(may ? `/cases/${caseId}/referrals` : null)
  const w = words.referral
  if (!data) return null
  return (
    <section className="card stack-s no-print" aria-labelledby="referrals-title" data-testid="referrals-card">
      <div className="between">
        <h2 id="referrals-title">{w.card}</h2>
        {closed ? null : (
          <Link href={`/cases/${caseId}/referrals/new`} className="button" data-testid="new-referral">
            {w.start}
          </Link>
        )}
      </div>
      {data.referrals.length ? (
        <ul className="list">
          {data.referrals.map(l => (
            <li key={l.id} className="row">
              <Link href={`/referrals/${l.id}`}>{w.pair(l.fromName, l.toName)}</Link>
              <ReferralState line={l} />
              <span className="soft">{showInstant(l.at, 'short')}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="soft">{w.cardNone}</p>
      )}
    </section>
  )
}
