import { type FormEvent, useCallback, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { CaseSummary } from '../../api/cases'
import type { MeetingType } from '../../api/meetingTypes'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { firstAgenda } from './agendaOf'
import { type CaseDraft, newCaseDraft, sittingBody, sittingMissing } from './CaseDraft'
import { CaseDraftCard } from './CaseDraftCard'
import { type MeetingDraft, newMeetingDraft } from './MeetingDraft'
import { ModeFields } from './ModeFields'
import { useColleagues } from './useColleagues'
import { WhenFields } from './WhenFields'

/** 開催: one date, place, chair and recorder for several cases in their order. */
export function NewSittingPage() {
  const { data, error: failed, reload } = useLoad<{ cases: CaseSummary[]; next: string }>('/cases')
  const types = useLoad<{ types: MeetingType[] }>('/meeting-types')
  const people = useColleagues()
  const actor = useActor()
  const [d, setDraft] = useState<MeetingDraft>(() => newMeetingDraft(actor.id, today()))
  const [list, setList] = useState<CaseDraft[]>(() => [newCaseDraft(1), newCaseDraft(2)])
  const [said, setSaid] = useState('')
  const { submit, busy, error } = useSubmit()
  const [, go] = useLocation()
  const set = useCallback((part: Partial<MeetingDraft>) => setDraft(x => ({ ...x, ...part })), [])
  const change = useCallback(
    (key: number, part: Partial<CaseDraft>) => setList(l => l.map(c => (c.key === key ? { ...c, ...part } : c))),
    [],
  )
  const w = words.sitting
  if (!data || !types.data) return <PageState error={failed ?? types.error} reload={reload} />
  const type = types.data.types.find(t => t.id === d.type)
  const first = firstAgenda(type)
  const ready = list.map(c => ({ ...c, agenda: c.agenda ?? first }))
  const move = (from: number, by: number) => {
    const next = [...list]
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(from + by, 0, moved)
    setList(next)
    setSaid(w.moved(from + by + 1))
  }
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      await api.post('/sittings', sittingBody(d, ready))
      go('/meetings')
    })
  }
  return (
    <form className="page stack" onSubmit={send} noValidate>
      <p className="crumbs">
        <Link href="/meetings">{words.meeting.list}</Link>
      </p>
      <h1>{w.title}</h1>
      <p>{w.intro}</p>
      {error ? <Banner tone="bad" title={error.message} data-testid="sitting-error" /> : null}
      <p role="status" className="sr-only">
        {said}
      </p>
      <section className="card stack" aria-labelledby="sitting-common">
        <h2 id="sitting-common">{w.common}</h2>
        <ModeFields types={types.data.types} draft={d} set={set} />
        <TextField
          label={words.meeting.titleField}
          hint={w.titleHint}
          value={d.title}
          onValue={title => set({ title })}
          required
          data-testid="meeting-title"
        />
        <WhenFields draft={d} set={set} noEnd />
        <div className="form-grid">
          <SelectField
            label={words.meeting.chair}
            value={d.chairId}
            options={people}
            onValue={chairId => set({ chairId })}
            data-testid="meeting-chair"
          />
          <SelectField
            label={words.meeting.recorder}
            value={d.recorderId}
            options={people}
            onValue={recorderId => set({ recorderId })}
            data-testid="meeting-recorder"
          />
        </div>
      </section>
      {ready.map((c, i) => (
        <CaseLine
          key={c.key}
          value={c}
          type={type}
          n={i + 1}
          of={list.length}
          cases={data}
          change={change}
          onMove={by => move(i, by)}
          onRemove={() => setList(list.filter(x => x.key !== c.key))}
        />
      ))}
      <div className="row">
        {list.length < 10 ? (
          <Button
            onClick={() => setList([...list, newCaseDraft(Math.max(...list.map(c => c.key)) + 1)])}
            data-testid="sitting-add"
          >
            ＋ {w.add}
          </Button>
        ) : null}
        <Button type="submit" kind="solid" busy={busy} why={sittingMissing(d, ready)} data-testid="create-sitting">
          {w.create}
        </Button>
      </div>
    </form>
  )
}

interface LineProps extends Omit<Parameters<typeof CaseDraftCard>[0], 'set'> {
  change: (key: number, part: Partial<CaseDraft>) => void
}

/** Keeps the setter of one 案件 the same between renders. */
function CaseLine({ change, ...rest }: LineProps) {
  const key = rest.value.key
  const set = useCallback((part: Partial<CaseDraft>) => change(key, part), [change, key])
  return <CaseDraftCard {...rest} set={set} />
}
