import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { Glass } from '../../api/glass'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { AdminNav } from '../admin/AdminNav'
import { GlassLine } from './GlassLine'

const FIELDS = ['number', 'basis', 'reason', 'minutes'] as const

/** 緊急時の閲覧を始める: nothing is chosen beforehand but the hour. */
export function GlassBreakPage() {
  const { data, error: failed, reload } = useLoad<{ glasses: Glass[] }>('/glass/own')
  const [form, setForm] = useState({ number: '', basis: '', reason: '', minutes: '60' })
  const { submit, busy, at, rest } = useSubmit()
  const [, go] = useLocation()
  const w = words.glass
  if (!data) return <PageState error={failed} reload={reload} />
  const set = (part: Partial<typeof form>) => setForm(s => ({ ...s, ...part }))
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      const glass = await api.post<Glass>('/glass', { ...form, minutes: Number(form.minutes) })
      go(`/cases/${glass.caseId}`)
    })
  }
  const end = (id: string) =>
    void submit(async () => {
      await api.post(`/glass/${id}/end`)
      await reload()
    })
  const live = data.glasses.find(g => g.live)
  const problem = rest(...FIELDS)
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.admin.title}</h1>
        <AdminNav />
      </div>
      {problem ? <Banner tone="bad" title={problem} /> : null}
      {live ? (
        <Banner
          tone="warn"
          title={w.openOf(live.number)}
          actions={
            <Link href={`/cases/${live.caseId}`} className="button" data-testid="glass-open">
              {w.open}
            </Link>
          }
        />
      ) : (
        <form className="card stack" onSubmit={send} noValidate aria-labelledby="glass-title">
          <h2 id="glass-title">{w.title}</h2>
          <Banner tone="bad" title={w.warning} data-testid="glass-warning">
            {w.warningText}
          </Banner>
          <p>{w.limits}</p>
          <TextField
            label={w.number}
            hint={w.numberHint}
            value={form.number}
            onValue={number => set({ number })}
            error={at('number')}
            required
            autoComplete="off"
            data-testid="glass-number"
          />
          <SelectField
            label={w.basis}
            value={form.basis}
            options={[{ value: '', label: words.form.choose }, ...words.guard.bases]}
            onValue={basis => set({ basis })}
            error={at('basis')}
            required
            data-testid="glass-basis"
          />
          <TextArea
            label={w.reason}
            hint={w.reasonHint}
            value={form.reason}
            onValue={reason => set({ reason })}
            error={at('reason')}
            required
            data-testid="glass-reason"
          />
          <SelectField
            label={w.minutes}
            value={form.minutes}
            options={w.minuteOptions}
            onValue={minutes => set({ minutes })}
            error={at('minutes')}
            data-testid="glass-minutes"
          />
          <div>
            <Button type="submit" kind="danger" busy={busy} data-testid="glass-go">
              {w.go}
            </Button>
          </div>
        </form>
      )}
      <section className="card stack-s" aria-labelledby="glass-own">
        <h2 id="glass-own">{w.own}</h2>
        {data.glasses.length ? null : <p className="soft">{w.none}</p>}
        <ul className="list">
          {data.glasses.map(g => (
            <GlassLine key={g.id} glass={g} busy={busy} onEnd={end} />
          ))}
        </ul>
      </section>
    </div>
  )
}
