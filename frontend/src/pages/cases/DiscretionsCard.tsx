import { useState } from 'react'
import { api } from '../../api/api'
import type { Discretion, Person } from '../../api/cases'
import { useCodes } from '../../app/useCodes'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { personLabel } from './personLabel'

interface Props {
  caseId: string
  persons: readonly Person[]
  onChanged: () => Promise<void>
}

const EMPTY = { personId: '', item: '', reason: '' }

/** 本人に非開示: which information must not reach the person. */
export function DiscretionsCard({ caseId, persons, onChanged }: Props) {
  const path = `/cases/${caseId}/discretions`
  const { data, reload } = useLoad<{ discretions: Discretion[] }>(path)
  const [form, setForm] = useState<typeof EMPTY | null>(null)
  const items = useCodes('item')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.guard
  const kept = data?.discretions ?? []
  const whose = (id: string) => (id ? personLabel(persons, id) : w.household)
  const what = (d: Discretion) => `${whose(d.personId)}：${items.find(i => i.code === d.item)?.label ?? d.item}`
  const done = async () => {
    setForm(null)
    await reload()
    await onChanged()
  }
  const save = () => void submit(async () => api.post(path, form ?? {}).then(done))
  const lift = (d: Discretion) =>
    void submit(async () => api.post(`${path}/lift`, { personId: d.personId, item: d.item }).then(done))
  const error = rest('personId', 'item', 'reason')
  return (
    <section className="card stack-s" aria-labelledby="discretions-title">
      <div className="between">
        <h2 id="discretions-title">{w.discretions}</h2>
        <Button
          onClick={() => setForm(f => (f ? null : EMPTY))}
          aria-expanded={form !== null}
          data-testid="discretion-add"
        >
          {w.discretionAdd}
        </Button>
      </div>
      <p className="soft">{w.discretionsText}</p>
      {error ? <Banner tone="bad" title={error} /> : null}
      {form ? (
        <div className="stack-s">
          <SelectField
            label={w.discretionWhose}
            value={form.personId}
            options={[
              { value: '', label: w.household },
              ...persons.map(p => ({ value: p.id, label: personLabel(persons, p.id) })),
            ]}
            onValue={personId => setForm({ ...form, personId })}
            error={at('personId')}
            data-testid="discretion-person"
          />
          <SelectField
            label={w.discretionItem}
            value={form.item}
            options={[{ value: '', label: words.form.choose }, ...items.map(i => ({ value: i.code, label: i.label }))]}
            onValue={item => setForm({ ...form, item })}
            error={at('item')}
            required
            data-testid="discretion-item"
          />
          <TextField
            label={w.discretionReason}
            value={form.reason}
            onValue={reason => setForm({ ...form, reason })}
            error={at('reason')}
            required
            data-testid="discretion-reason"
          />
          <div className="row row-end">
            <Button kind="solid" busy={busy} onClick={save} data-testid="discretion-save">
              {w.discretionAdd}
            </Button>
          </div>
        </div>
      ) : null}
      {kept.length ? null : <p className="soft">{w.noDiscretions}</p>}
      <ul className="list">
        {kept.map(d => (
          <li key={d.personId + d.item} className="between" data-testid="discretion">
            <span>
              <strong>{what(d)}</strong>{' '}
              <span className="soft">
                {d.reason}　{w.barSince(showInstant(d.at, 'short'))}
              </span>
            </span>
            <Button small busy={busy} aria-label={w.discretionEndOf(what(d))} onClick={() => lift(d)}>
              {w.discretionEnd}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
