import { useState } from 'react'
import { Link } from 'wouter'
import type { EndingConsent } from '../../api/consent'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 期限の近い同意: what ends soon or has ended, across all cases. Initials only. */
export function EndingPage() {
  const [days, setDays] = useState('60')
  const { data, error, reload } = useLoad<{ ending: EndingConsent[] }>(`/consents/ending?days=${days}`)
  const w = words.consent
  if (!data && error) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <h1>{w.ending}</h1>
      <p className="soft">{w.endingHint}</p>
      <div className="form-grid">
        <SelectField
          label={w.endingDays}
          value={days}
          options={['14', '30', '60', '90', '180'].map(n => ({ value: n, label: w.within(Number(n)) }))}
          onValue={setDays}
          data-testid="ending-days"
        />
      </div>
      {data && !data.ending.length ? <p role="status">{w.endingNone}</p> : null}
      {data?.ending.length ? (
        <Table caption={w.ending} head={w.endingHeads} data-testid="ending-table">
          {data.ending.map(e => (
            <tr key={e.recordId} data-testid={`ending-${e.number}`}>
              <td>
                <Link href={`/cases/${e.caseId}/consents`}>{e.caseNumber}</Link>
              </td>
              <td>{w.whoByInitial(e.initial || '？', e.relation)}</td>
              <td>{e.number}</td>
              <td>{showInstant(Date.parse(e.until) - 1, 'wareki').split('（')[0]}</td>
              <td>
                {e.expired ? <Chip tone="bad">{w.overdue}</Chip> : <Chip tone="warn">{w.daysLeft(e.daysLeft)}</Chip>}
              </td>
              <td>
                <Link href={`/cases/${e.caseId}/consents/renew/${e.recordId}`} className="button">
                  {w.renewShort}
                  <span className="sr-only">
                    {e.caseNumber} {e.number}
                  </span>
                </Link>
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
    </div>
  )
}
