import { useState } from 'react'
import { takeFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { fiscalYears } from './fiscalYears'

/** 引渡し: the sealed records of a 年度 as one package that stands without Kasane. */
export function PackageTab() {
  const years = fiscalYears()
  const [year, setYear] = useState(years[0]?.value ?? '')
  const [taken, setTaken] = useState('')
  const { submit, busy, rest } = useSubmit()
  const w = words.keeping.package
  const problem = rest()
  const take = () => {
    setTaken('')
    void submit(async () => {
      const name = words.keeping.package.file(year)
      await takeFile('/archive/package', { year: Number(year) }, name)
      setTaken(name)
    })
  }
  return (
    <div className="stack">
      <p>{w.lead}</p>
      <ul className="list">
        {w.holds.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {problem ? <Banner tone="bad" title={problem} /> : null}
      {taken ? <Banner tone="good" title={w.taken(taken)} data-testid="package-taken" /> : null}
      <div className="toolbar">
        <SelectField
          label={words.archive.year}
          value={year}
          options={years}
          onValue={setYear}
          data-testid="package-year"
        />
        <Button kind="solid" busy={busy} onClick={take} data-testid="package-go">
          {w.go}
        </Button>
      </div>
      <p className="soft">{w.check}</p>
    </div>
  )
}
