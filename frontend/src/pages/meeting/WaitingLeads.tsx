import { Link } from 'wouter'
import type { WaitingLeads as Waiting } from '../../api/overdue'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 主担当 that was asked for and not answered; the answer is given on the page of the case. Without any there is nothing to see. */
export function WaitingLeads() {
  const { data } = useLoad<Waiting>('/overdue?of=leads')
  const w = words.overdue
  if (!data?.lines.length) return null
  return (
    <section className="stack" aria-labelledby="overdue-leads">
      <h2 id="overdue-leads">{w.leads}</h2>
      {data.more ? <Banner tone="info" title={w.leadsMore} /> : null}
      <Table caption={w.list(data.lines.length)} head={w.leadsHeads} data-testid="waiting-leads">
        {data.lines.map(l => (
          <tr key={l.offerId} data-testid={`waiting-${l.offerId}`}>
            <td className="num nowrap">
              <Link href={`/cases/${l.caseId}`}>{l.caseNumber}</Link>
            </td>
            <th scope="row" className="nowrap">
              {l.kindLabel}
            </th>
            <td>
              {w.leadPair(l.fromName, l.toName)}
              {l.mine ? (
                <>
                  {' '}
                  <Chip tone="warn">{w.mineLead}</Chip>
                </>
              ) : null}
            </td>
            <td className="num nowrap">{showInstant(l.at, 'short').split(' ')[0]}</td>
            <td className="nowrap">{l.stateLabel}</td>
            <td className="num nowrap">
              {l.due ? showDate(l.due, 'wareki') : words.form.none}
              {l.late ? (
                <>
                  {' '}
                  <Chip tone="bad">{w.late}</Chip>
                </>
              ) : null}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
