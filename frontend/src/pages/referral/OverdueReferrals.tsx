import type { ReferralLine } from '../../api/referral'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { ReferralTable } from './ReferralTable'

/** つなぎ that wait too long for an answer. Without any there is nothing to see. */
export function OverdueReferrals() {
  const { data } = useLoad<ReferralLine[]>('/overdue?of=referrals')
  if (!data?.length) return null
  return (
    <section className="stack" aria-labelledby="overdue-referrals">
      <h2 id="overdue-referrals">{words.referral.overdue}</h2>
      <ReferralTable caption={words.overdue.list(data.length)} lines={data} data-testid="overdue-referrals" />
    </section>
  )
}
