import { useState } from 'react'
import { takeNamed } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'

/** 集計表 as a file: for outside of the office unless one says otherwise. */
export function FiguresSave({ year }: { year: number }) {
  const [scope, setScope] = useState('out')
  const [done, setDone] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.figures
  const save = async (as: string) => {
    setDone(false)
    setDone(await submit(() => takeNamed(`/figures/file?as=${as}&year=${year}&for=${scope}`)))
  }
  return (
    <section className="stack-s no-print" aria-label={w.save}>
      <SelectField
        label={w.scope}
        value={scope}
        options={[
          { value: 'out', label: w.out },
          { value: 'office', label: w.inside },
        ]}
        onValue={setScope}
        data-testid="figures-scope"
      />
      <p className="soft">{scope === 'out' ? w.outHint : w.insideHint}</p>
      <div className="row">
        {(['pdf', 'xlsx', 'csv', 'csv932'] as const).map(as => (
          <Button key={as} busy={busy} onClick={() => void save(as)} data-testid={`figures-${as}`}>
            {w[as]}
          </Button>
        ))}
      </div>
      <p role="status">{done ? w.saved : ''}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
    </section>
  )
}
