import { Link } from 'wouter'
import { api } from '../../api/api'
import type { ReferralView } from '../../api/referral'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'
import { ReferralReply } from './ReferralReply'
import { ReferralState } from './ReferralTable'

/** One つなぎ: what was handed over, as its reader may see it now, and the answer. */
export function ReferralPage({ id }: { id: string }) {
  const { data, error, reload } = useLoad<ReferralView>(`/referrals/${id}`)
  const { submit, busy, error: failed } = useSubmit()
  const w = words.referral
  if (!data) return <PageState error={error} reload={reload} />
  const reply = async (body: object) => {
    await api.post(`/referrals/${id}`, body)
    await reload()
  }
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href="/referrals">{w.title}</Link>
      </p>
      <div className="between">
        <h1>{w.pair(data.fromName, data.toName)}</h1>
        <div className="row">
          {data.caseId ? (
            <Link href={`/cases/${data.caseId}`} className="button" data-testid="referral-case">
              {w.openCase}
            </Link>
          ) : null}
          {data.mayPrint ? (
            <a
              className="button"
              href={`${base}/api/referrals/${id}/sheet.pdf`}
              target="_blank"
              rel="noreferrer"
              data-testid="referral-sheet"
            >
              {w.sheet}
            </a>
          ) : null}
        </div>
      </div>
      {failed ? <Banner tone="bad" title={failed.message} /> : null}
      <section className="card stack-s" aria-label={w.state}>
        <ReferralState line={data} />
        <dl className="pairs">
          <Pair term={words.cases.number}>{data.caseNumber}</Pair>
          <Pair term={w.by}>
            {[data.fromName, data.byPost, data.byName].filter(Boolean).join('　')}　{showInstant(data.at, 'wareki')}
          </Pair>
          {data.wish ? <Pair term={w.wish}>{showDate(data.wish)}</Pair> : null}
          {data.reason ? (
            <Pair term={w.reason}>
              <span className="lines">{data.reason}</span>
            </Pair>
          ) : null}
        </dl>
      </section>
      {data.over && !data.parts.length ? <Banner tone="info" title={w.over} /> : null}
      {data.parts.length ? (
        <section className="card stack-s" aria-labelledby="parts-title" data-testid="referral-parts">
          <h2 id="parts-title">{w.parts}</h2>
          {data.parts.map(p => (
            <div key={p.label} className="stack-s">
              <h3>{p.label}</h3>
              {p.withheld ? <p className="soft">{w.withheld}</p> : null}
              <dl className="pairs">
                {p.lines.map(l => (
                  <Pair key={l.label} term={l.label}>
                    <span className="lines">{l.value}</span>
                  </Pair>
                ))}
              </dl>
            </div>
          ))}
        </section>
      ) : null}
      {data.answers.length ? (
        <section className="card stack-s" aria-labelledby="answers-title">
          <h2 id="answers-title">{w.answers}</h2>
          <ul className="list">
            {data.answers.map(a => (
              <li key={a.id}>
                <strong>{a.label}</strong>
                {a.due ? `（${showDate(a.due, 'wareki')}）` : ''}　{a.reason}
                <span className="soft">
                  　{a.agencyName}　{a.userName}　{showInstant(a.at, 'short')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {data.mayAnswer ? <ReferralReply onReply={reply} /> : null}
      {data.mayWithdraw ? (
        <div>
          <Button
            busy={busy}
            onClick={() => void submit(() => reply({ answer: 'withdraw', reason: '', due: '' }))}
            data-testid="referral-withdraw"
          >
            {w.withdraw}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
