import { Link } from 'wouter'
import type { ReferralLine, ReferralLists } from '../../api/referral'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { ReferralTable } from './ReferralTable'

/** つなぎ of the own agency: what came, what went; for who holds the record also all that wait. */
export function ReferralsPage() {
  const { data, error, reload } = useLoad<ReferralLists>('/referrals')
  const { roles } = useActor()
  const w = words.referral
  if (!data) return <PageState error={error} reload={reload} />
  const holds = roles.includes('secretariat') || roles.includes('city')
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href="/intakes">{words.intake.title}</Link>
      </p>
      <h1>{w.title}</h1>
      <p className="soft">{w.intro}</p>
      <List title={w.received} none={w.receivedNone} lines={data.received} testid="referrals-received" />
      <List title={w.sent} none={w.sentNone} lines={data.sent} testid="referrals-sent" />
      {holds && data.waiting.length ? (
        <List title={w.waiting} none="" lines={data.waiting} testid="referrals-waiting" />
      ) : null}
    </div>
  )
}

function List({ title, none, lines, testid }: { title: string; none: string; lines: ReferralLine[]; testid: string }) {
  return (
    <section className="stack-s" aria-label={title}>
      <h2>{title}</h2>
      {lines.length ? (
        <ReferralTable caption={words.overdue.list(lines.length)} lines={lines} data-testid={testid} />
      ) : (
        <p className="soft">{none}</p>
      )}
    </section>
  )
}
