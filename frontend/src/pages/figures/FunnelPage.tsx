import { useState } from 'react'
import { Link } from 'wouter'
import type { Funnel } from '../../api/figures'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'

const months = Array.from({ length: 12 }, (_, m) => `${((m + 3) % 12) + 1}月`)

/** どこで止まっているか: how the cases go from stage to stage, and where they stand. */
export function FunnelPage() {
  const [year, setYear] = useState('')
  const [month, setMonth] = useState('')
  const { data, error, reload } = useLoad<Funnel>(
    `/figures/funnel?year=${year || 0}&month=${month}`.replace('year=0&', ''),
  )
  const w = words.figures.funnel
  if (!data) return <PageState error={error} reload={reload} />
  const most = Math.max(1, ...data.stages.map(s => Math.max(s.entered, s.now)))
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">{w.lead}</p>
      <div className="form-grid no-print">
        <SelectField
          label={words.figures.year}
          value={String(data.year)}
          options={data.years.map(y => ({ value: String(y), label: words.figures.yearName(y) }))}
          onValue={setYear}
          data-testid="funnel-year"
        />
        <SelectField
          label={w.month}
          value={month}
          options={[{ value: '', label: w.allMonths }, ...months.map((label, m) => ({ value: String(m), label }))]}
          onValue={setMonth}
          data-testid="funnel-month"
        />
      </div>
      <p role="status" className="soft">
        {data.stages.some(s => s.entered || s.now) ? words.figures.at(showInstant(data.at)) : w.empty}
      </p>
      <Table
        caption={data.name}
        head={[w.stage, w.entered, w.left, w.days, w.now, w.waiting, w.long]}
        data-testid="funnel"
      >
        {data.stages.map(s => (
          <tr key={s.stage} data-testid={`funnel-${s.stage}`}>
            <th scope="row" className="nowrap">
              {s.label}
            </th>
            <td>
              <span className="figure-bar">
                <span className="figure-count">{s.entered}</span>
                <meter aria-hidden="true" min={0} max={most} value={s.entered} />
              </span>
            </td>
            <td className="figure-value">{s.left}</td>
            <td className="figure-value">{s.days ?? w.none}</td>
            <td>
              <span className="figure-bar">
                <span className="figure-count">
                  {s.now ? (
                    <Link
                      href={`/figures/cases?figure=standing&row=${s.stage}`}
                      aria-label={w.of(s.label, s.now)}
                      data-testid={`standing-${s.stage}`}
                    >
                      {s.now}
                    </Link>
                  ) : (
                    0
                  )}
                </span>
                <meter aria-hidden="true" min={0} max={most} value={s.now} />
              </span>
            </td>
            <td className="figure-value">{s.waiting ?? w.none}</td>
            <td className="figure-value">{s.stage === 'closed' ? w.none : s.long}</td>
          </tr>
        ))}
      </Table>
      <p className="no-print">
        <Link href="/figures">{words.figures.back}</Link>
      </p>
    </div>
  )
}
