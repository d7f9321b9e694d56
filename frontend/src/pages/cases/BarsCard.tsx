import { useState } from 'react'
import { api } from '../../api/api'
import type { Bar } from '../../api/cases'
import type { Colleague } from '../../api/session'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  caseId: string
}

/** 利害関係者の閲覧遮断: who of the staff must not see this case. */
export function BarsCard({ caseId }: Props) {
  const path = `/cases/${caseId}/bars`
  const { data, reload } = useLoad<{ bars: Bar[]; staff: Colleague[] }>(path)
  const [form, setForm] = useState<{ userId: string; reason: string } | null>(null)
  const { submit, busy, at, rest } = useSubmit()
  const me = useActor().id
  const w = words.guard
  const bars = data?.bars ?? []
  const staff = data?.staff ?? []
  const name = (id: string) => staff.find(s => s.id === id)?.name ?? id
  const free = staff.filter(s => s.id !== me && !bars.some(b => b.userId === s.id))
  const save = () =>
    void submit(async () => {
      await api.post(path, form ?? {})
      setForm(null)
      await reload()
    })
  const end = (id: string) =>
    void submit(async () => {
      await api.del(`${path}/${id}`)
      await reload()
    })
  const error = rest('userId', 'reason')
  return (
    <section className="card stack-s" aria-labelledby="bars-title">
      <div className="between">
        <h2 id="bars-title">{w.bars}</h2>
        <Button
          onClick={() => setForm(f => (f ? null : { userId: '', reason: '' }))}
          aria-expanded={form !== null}
          data-testid="bar-add"
        >
          {w.barAdd}
        </Button>
      </div>
      <p className="soft">{w.barsText}</p>
      {error ? <Banner tone="bad" title={error} /> : null}
      {form ? (
        <div className="stack-s">
          <SelectField
            label={w.barWho}
            value={form.userId}
            options={[
              { value: '', label: words.form.choose },
              ...free.map(s => ({ value: s.id, label: s.post ? `${s.name}（${s.post}）` : s.name })),
            ]}
            onValue={userId => setForm({ ...form, userId })}
            error={at('userId')}
            required
            data-testid="bar-user"
          />
          <TextField
            label={w.barReason}
            value={form.reason}
            onValue={reason => setForm({ ...form, reason })}
            error={at('reason')}
            data-testid="bar-reason"
          />
          <div className="row row-end">
            <Button kind="solid" busy={busy} onClick={save} data-testid="bar-save">
              {w.barAdd}
            </Button>
          </div>
        </div>
      ) : null}
      {bars.length ? null : <p className="soft">{w.noBars}</p>}
      <ul className="list">
        {bars.map(b => (
          <li key={b.userId} className="between" data-testid="bar">
            <span>
              <strong>{name(b.userId)}</strong>{' '}
              <span className="soft">
                {b.reason}　{w.barSince(showInstant(b.at, 'short'))}
              </span>
            </span>
            <Button small busy={busy} aria-label={w.barEndOf(name(b.userId))} onClick={() => end(b.userId)}>
              {w.barEnd}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
