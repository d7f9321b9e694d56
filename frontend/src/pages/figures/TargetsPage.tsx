import { useEffect, useState } from 'react'
import { Link, useSearch } from 'wouter'
import { api } from '../../api/api'
import type { Aim, Aims } from '../../api/figures'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

const typed = (aims: Aim[]) => Object.fromEntries(aims.map(a => [a.figure, a.value === null ? '' : String(a.value)]))

/** A number as it was typed; full-width digits are digits. null is none, NaN is no number. */
const numberOf = (text: string) => {
  const t = text.normalize('NFKC').replaceAll(',', '').trim()
  return t === '' ? null : /^\d{1,7}$/.test(t) ? Number(t) : Number.NaN
}

/** 実施計画の目標: what each figure is to reach in a 年度. */
export function TargetsPage() {
  const [year, setYear] = useState(new URLSearchParams(useSearch()).get('year') ?? '')
  const { data, error, reload } = useLoad<Aims>(`/figures/targets${year ? `?year=${year}` : ''}`)
  const [draft, setDraft] = useState<Record<string, string>>({})
  const [few, setFew] = useState(true)
  const [saved, setSaved] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.figures.targets
  useEffect(() => {
    if (data) setDraft(typed(data.aims))
  }, [data])
  if (!data) return <PageState error={error} reload={reload} />
  const shown = data.aims.filter(a => !few || a.suggested || a.value !== null)
  const changed = data.aims.filter(a => numberOf(draft[a.figure] ?? '') !== a.value)
  const wrong = changed.some(a => Number.isNaN(numberOf(draft[a.figure] ?? '')))
  const save = async () => {
    setSaved(false)
    const done = await submit(() =>
      api.put('/figures/targets', {
        year: data.year,
        targets: changed.map(a => ({ figure: a.figure, was: a.value, value: numberOf(draft[a.figure] ?? '') })),
      }),
    )
    if (!done) return
    await reload()
    setSaved(true)
  }
  const groups = [...new Set(shown.map(a => a.group))]
  const failed = rest(...data.aims.map(a => `target-${a.figure}`))
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">{w.lead}</p>
      <div className="form-grid">
        <SelectField
          label={words.figures.year}
          value={String(data.year)}
          options={data.years.map(y => ({ value: String(y), label: words.figures.yearName(y) }))}
          onValue={v => {
            setSaved(false)
            setYear(v)
          }}
          data-testid="targets-year"
        />
        <Check label={w.suggestedOnly} checked={few} onValue={setFew} data-testid="targets-few" />
      </div>
      <div role="status">{saved ? <Banner tone="good" title={w.saved} /> : null}</div>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {groups.map(g => (
        <fieldset key={g} className="stack-s">
          <legend className="target-group">{g}</legend>
          <div className="target-grid">
            {shown
              .filter(a => a.group === g)
              .map(a => (
                <TextField
                  key={a.figure}
                  label={w.of(a.label, a.unit)}
                  hint={a.definition}
                  inputMode="numeric"
                  value={draft[a.figure] ?? ''}
                  error={
                    at(`target-${a.figure}`) ?? (Number.isNaN(numberOf(draft[a.figure] ?? '')) ? w.number : undefined)
                  }
                  onValue={v => {
                    setSaved(false)
                    setDraft({ ...draft, [a.figure]: v })
                  }}
                  data-testid={`target-${a.figure}`}
                />
              ))}
          </div>
        </fieldset>
      ))}
      <div className="row">
        <Button
          kind="solid"
          busy={busy}
          why={wrong ? w.number : changed.length ? undefined : w.unchanged}
          onClick={() => void save()}
          data-testid="targets-save"
        >
          {w.save}
        </Button>
        <Link href="/figures">{w.toFigures}</Link>
      </div>
    </div>
  )
}
