import { useState } from 'react'
import type { Emergency } from '../../api/cases'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { today } from '../../dates/today'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { EmergencyMonthRow } from './EmergencyMonthRow'
import { lastMonths } from './lastMonths'

const label = (month: string) => showDate(`${month}-01`, 'wareki').replace(/\d+日$/, '')

/** 緊急開示の月次一覧: what was shown without consent in a month, over all cases; for those who hold the record, and without reasons for who keeps the log. No name of a person. */
export function EmergencyMonthPage() {
  const [month, setMonth] = useState(today().slice(0, 7))
  const { data, error, reload } = useLoad<{ emergencies: Emergency[] }>(`/emergencies?month=${month}`)
  const w = words.guard
  const holder = Boolean(useActor()?.roles.some(r => r === 'city' || r === 'secretariat'))
  if (!data && error) return <PageState error={error} reload={reload} />
  const list = data?.emergencies ?? []
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.month}</h1>
        <div className="row no-print">
          <a
            className="button"
            href={`${base}/api/emergencies/export?month=${month}`}
            download
            data-testid="emergency-csv"
          >
            {w.csv}
          </a>
          <Button onClick={() => window.print()} data-testid="emergency-print">
            {w.print}
          </Button>
        </div>
      </div>
      <p className="soft no-print">
        {w.monthHint}
        {holder ? null : w.monthOfficer}
      </p>
      <div className="form-grid no-print">
        <SelectField
          label={w.monthPick}
          value={month}
          options={lastMonths(today(), 36).map(m => ({ value: m, label: label(m) }))}
          onValue={setMonth}
          data-testid="emergency-month"
        />
      </div>
      <p role="status">
        {data ? (list.length ? w.monthCount(list.length, list.filter(e => e.lapsed).length) : w.monthNone) : ''}
      </p>
      {list.length ? (
        <Table
          caption={`${w.month}　${label(month)}`}
          head={holder ? w.monthHeads : w.monthHeadsOfficer}
          data-testid="emergency-table"
        >
          {list.map(e => (
            <EmergencyMonthRow key={e.id} emergency={e} />
          ))}
        </Table>
      ) : null}
    </div>
  )
}
