import { useState } from 'react'
import { Link } from 'wouter'
import type { FigureTable } from '../../api/figures'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { FigureGroup } from './FigureGroup'
import { FiguresSave } from './FiguresSave'
import { ShareTable } from './ShareTable'

/** 集計: the figures of a 年度, month by month, and how the cases are spread. */
export function FiguresPage() {
  const [year, setYear] = useState('')
  const { data, error, reload } = useLoad<FigureTable>(`/figures${year ? `?year=${year}` : ''}`)
  const w = words.figures
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">{w.intro}</p>
      <div className="form-grid no-print">
        <SelectField
          label={w.year}
          value={String(data.year)}
          options={data.years.map(y => ({ value: String(y), label: w.yearName(y) }))}
          onValue={setYear}
          data-testid="figures-year"
        />
      </div>
      <p role="status" className="soft" data-testid="figures-at">
        {w.at(showInstant(data.at))}
      </p>
      <p className="no-print">
        <Link href="/network" className="button" data-testid="open-network">
          {words.network.open}
        </Link>
      </p>
      <FiguresSave year={data.year} />
      {data.groups.map(g => (
        <FigureGroup key={g.title} title={g.title} figures={g.figures} months={data.months} />
      ))}
      <div className="figure-shares">
        {data.shares.map(s => (
          <ShareTable key={s.id} share={s} />
        ))}
      </div>
      <h2>{w.answers}</h2>
      <p className="soft">{w.answersLead}</p>
      {data.reading ? <Banner title={w.reading} /> : null}
      {data.answers.length ? null : <p>{w.noAnswers}</p>}
      <div className="figure-shares">
        {data.answers.map(s => (
          <ShareTable key={s.id} share={s} />
        ))}
      </div>
    </div>
  )
}
