import { useState } from 'react'
import { api } from '../../api/api'
import type { Job } from '../../api/jobs'
import { takeNamed } from '../../api/takeFile'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { JobPanel } from '../jobs/JobPanel'
import { fiscalYears } from './fiscalYears'

/** 引渡し: the sealed records of a 年度 as one package that stands without Kasane. It is made in the background, and taken from here or from 処理の状況. */
export function PackageTab() {
  const years = fiscalYears()
  const [year, setYear] = useState(years[0]?.value ?? '')
  const [begun, setBegun] = useState('')
  const { data: before } = useLoad<{ jobs: Job[] }>('/jobs')
  const { submit, busy, rest } = useSubmit()
  const w = words.keeping.package
  const problem = rest()
  const mine = before?.jobs.find(j => j.mine && j.kind === 'package' && (j.mayStop || j.mayFetch || j.stopping))
  const id = begun || mine?.id
  const begin = () =>
    void submit(async () => setBegun((await api.post<Job>('/jobs/package', { year: Number(year) })).id))
  return (
    <div className="stack">
      <p>{w.lead}</p>
      <ul className="list">
        {w.holds.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {problem ? <Banner tone="bad" title={problem} /> : null}
      <div className="toolbar">
        <SelectField
          label={words.archive.year}
          value={year}
          options={years}
          onValue={setYear}
          data-testid="package-year"
        />
        <Button kind="solid" busy={busy} onClick={begin} data-testid="package-go">
          {w.go}
        </Button>
      </div>
      {id ? <JobPanel key={id} id={id} done={job => (job.mayFetch ? <Take id={id} /> : null)} /> : null}
      <p className="soft">{w.check}</p>
    </div>
  )
}

/** Takes the package that is ready. */
function Take({ id }: { id: string }) {
  const [taken, setTaken] = useState(false)
  const { submit, busy, rest } = useSubmit()
  const w = words.keeping.package
  const take = () =>
    void submit(async () => {
      await takeNamed(`/jobs/${id}/result`)
      setTaken(true)
    })
  return (
    <>
      {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
      {taken ? <Banner tone="good" title={w.taken} data-testid="package-taken" /> : null}
      <div className="row">
        <Button kind="solid" busy={busy} onClick={take} data-testid="package-take">
          {w.take}
        </Button>
      </div>
    </>
  )
}
