import { useState } from 'react'
import { Link } from 'wouter'
import type { FigureTable, Programme } from '../../api/figures'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { FigureGroup } from './FigureGroup'
import { FiguresSave } from './FiguresSave'
import { ProgrammeTable } from './ProgrammeTable'
import { ShareTable } from './ShareTable'

/** 集計: the figures of a 年度, month by month, of all five 事業 or of one, and how the cases are spread. */
export function FiguresPage() {
  const [year, setYear] = useState('')
  const [only, setOnly] = useState<Programme | ''>('')
  const { data, error, reload } = useLoad<FigureTable>(`/figures${year ? `?year=${year}` : ''}`)
  const w = words.figures
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">
        {w.intro} {w.counts}
      </p>
      <div className="form-grid no-print">
        <SelectField
          label={w.year}
          value={String(data.year)}
          options={data.years.map(y => ({ value: String(y), label: w.yearName(y) }))}
          onValue={setYear}
          data-testid="figures-year"
        />
        <SelectField
          label={w.programme}
          value={only}
          options={[
            { value: '', label: w.allProgrammes },
            ...Object.entries(w.programmes).map(([value, label]) => ({ value, label })),
          ]}
          onValue={v => setOnly(v as Programme | '')}
          data-testid="figures-programme"
        />
      </div>
      <p role="status" className="soft" data-testid="figures-at">
        {w.at(showInstant(data.at))}
      </p>
      <p className="row no-print">
        <Link href={`/figures/targets?year=${data.year}`} className="button" data-testid="open-targets">
          {w.targets.open}
        </Link>
        <Link href="/figures/funnel" className="button" data-testid="open-funnel">
          {w.funnel.open}
        </Link>
        <Link href="/network" className="button" data-testid="open-network">
          {words.network.open}
        </Link>
      </p>
      <FiguresSave year={data.year} />
      <section className="stack-s figure-whole">
        <p className="soft">{w.wholeLead}</p>
        <ProgrammeTable table={data} only={only} />
      </section>
      {data.groups
        .filter(g => !only || g.programme === only)
        .map(g => (
          <FigureGroup key={g.title} group={g} months={data.months} year={data.year} />
        ))}
      {only ? null : (
        <>
          <div className="figure-shares">
            {data.shares.map(s => (
              <ShareTable key={s.id} share={s} year={data.year} />
            ))}
          </div>
          <h2>{w.answers}</h2>
          <p className="soft">{w.answersLead}</p>
          {data.reading ? <Banner title={w.reading} /> : null}
          {data.answers.length ? null : <p>{w.noAnswers}</p>}
          <div className="figure-shares">
            {data.answers.map(s => (
              <ShareTable key={s.id} share={s} year={data.year} />
            ))}
          </div>
        </>
      )}
    </div>
  )
}
