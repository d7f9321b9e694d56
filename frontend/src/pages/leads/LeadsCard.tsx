import { useEffect } from 'react'
import { api } from '../../api/api'
import type { CaseEnd, Leads } from '../../api/leads'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import type { Option } from '../../parts/Option'
import { words } from '../../words'
import { LeadAsk } from './LeadAsk'
import { LeadHolder } from './LeadHolder'
import { LeadLine } from './LeadLine'

interface Props {
  caseId: string
  /** In a meeting that is running: what is done here is an act of it. */
  meetingId?: string
  agencies: Option[]
  end?: CaseEnd | null
  /** The meeting speaks of 終結: somebody has to take on what comes after. */
  ends?: boolean
  /** Changes when somebody else has asked or answered. */
  mark?: number
}

/** 主担当機関 and 終結後の主担当 of a case: who it is, offers and answers. */
export function LeadsCard({ caseId, meetingId = '', agencies, end, ends, mark = 0 }: Props) {
  const context = meetingId ? `?meeting=${meetingId}` : ''
  const { data, put, reload } = useLoad<Leads>(`/cases/${caseId}/leads${context}`)
  const { submit, busy, error } = useSubmit()
  const w = words.leads
  useEffect(() => {
    if (mark) void reload()
  }, [mark, reload])
  if (!data) return null
  const post = async (path: string, body: object) =>
    put(await api.post<Leads>(`/cases/${caseId}/leads${path}${context}`, body))
  const reply = (offer: string, body: object) => post(`/${offer}`, body)
  const open = data.offers.filter(o => o.state === 'asked' || o.state === 'takeback')
  const done = data.offers.filter(o => !open.includes(o))
  const line = {
    busy,
    onReply: reply,
    onWithdraw: (offer: string) => void submit(() => reply(offer, { answer: 'withdraw', reason: '', due: '' })),
  }
  if (data.withheld && !data.offers.length) return null
  return (
    <section className="card stack-s no-print" aria-labelledby="leads-title" data-testid="leads">
      <h2 id="leads-title">{w.title}</h2>
      {end ? <p>{ended(end, agencies)}</p> : null}
      {data.withheld ? (
        <p className="soft">{w.withheld}</p>
      ) : (
        <>
          <LeadHolder label={w.now} holder={data.now} plain />
          <LeadHolder label={w.after} holder={data.after} />
        </>
      )}
      {ends && !data.withheld && !data.after.at ? (
        <Banner tone="warn" title={w.endsOpen} data-testid="lead-ends">
          {w.endsOpenText}
        </Banner>
      ) : null}
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {open.length ? (
        <ul className="list" aria-label={w.offers}>
          {open.map(o => (
            <LeadLine key={o.id} offer={o} {...line} />
          ))}
        </ul>
      ) : null}
      {data.kinds.length ? <LeadAsk leads={data} agencies={agencies} onAsk={body => post('', body)} /> : null}
      {done.length ? (
        <details className="disclosure">
          <summary>{w.earlier(done.length)}</summary>
          <ul className="list">
            {done.map(o => (
              <LeadLine key={o.id} offer={o} {...line} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function ended(end: CaseEnd, agencies: Option[]): string {
  const w = words.leads
  const day = showInstant(end.at, 'wareki').split('（')[0] ?? ''
  if (end.leadId) return w.endedWith(day, agencies.find(a => a.value === end.leadId)?.label ?? '')
  return end.reason ? w.endedWithout(day, end.reason) : w.ended(day)
}
