import { type FormEvent, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import type { Room } from '../../api/meeting'
import type { MeetingType } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { AgendaDraftList } from './AgendaDraftList'
import { calledByType, firstAgenda, offersOf } from './agendaOf'
import { draftFrom } from './draftFrom'
import { type MeetingDraft, newMeetingDraft } from './MeetingDraft'
import { ModeFields } from './ModeFields'
import { agendaComplete, meetingBody } from './meetingBody'
import { useColleagues } from './useColleagues'
import { WhenFields } from './WhenFields'

interface Props {
  id: string
}

/** Prepares a meeting: legal form, day, seats, chair and agenda; `?from=` names one whose contents it begins with. */
export function NewMeetingPage({ id }: Props) {
  const { data, error: failed, reload } = useLoad<CasePage>(`/cases/${id}`)
  const options = useColleagues()
  const actor = useActor()
  const types = useLoad<{ types: MeetingType[] }>('/meeting-types')
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies')
  const from = new URLSearchParams(useSearch()).get('from')
  const earlier = useLoad<Room>(from ? `/meetings/${encodeURIComponent(from)}` : null)
  const old = earlier.data
  const [own, setOwn] = useState<MeetingDraft | null>(null)
  const { submit, busy, error } = useSubmit()
  const [, go] = useLocation()
  const w = words.meeting
  if (!data || !types.data || (from && !old))
    return <PageState error={failed ?? types.error ?? earlier.error} reload={reload} />
  const d = own ?? (old ? draftFrom(old, today()) : newMeetingDraft(actor.id, today()))
  const set = (part: Partial<MeetingDraft>) => setOwn(x => ({ ...(x ?? d), ...part }))
  const type = types.data.types.find(t => t.id === d.type)
  const agenda = d.agenda ?? firstAgenda(type)
  const current = data.members.filter(m => !m.until).map(m => ({ agencyId: m.agencyId, name: m.name }))
  const called = calledByType(type, agencies.data?.agencies ?? [], current)
  const before = (old?.seats ?? []).filter(
    s => ![...current, ...called.map(a => ({ agencyId: a.id }))].some(m => m.agencyId === s.agencyId),
  )
  const members = [...current, ...before.map(s => ({ agencyId: s.agencyId, name: s.name }))]
  const seats = d.agencies ?? [...current.map(m => m.agencyId), ...called.map(a => a.id)]
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      const made = await api.post<{ id: string }>(
        `/cases/${id}/meetings`,
        meetingBody({ ...d, planId: d.planId ?? data.plans[0]?.id ?? '' }, seats, agenda),
      )
      go(`/meetings/${made.id}`)
    })
  }
  return (
    <form className="page stack" onSubmit={send} noValidate>
      <p className="crumbs">
        <Link href={`/cases/${id}`}>
          {words.cases.title} {data.case.number}
        </Link>
      </p>
      <h1>{w.startNew}</h1>
      {error ? <Banner tone="bad" title={error.message} data-testid="meeting-error" /> : null}
      {old ? <Banner title={words.prepare.againFrom(old.meeting.no)} data-testid="meeting-again" /> : null}
      <section className="card stack">
        <ModeFields types={types.data.types} draft={d} set={set} />
        <TextField
          label={w.titleField}
          value={d.title}
          onValue={title => set({ title })}
          required
          data-testid="meeting-title"
        />
        <WhenFields draft={d} set={set} />
        <div className="form-grid">
          <SelectField
            label={w.chair}
            value={d.chairId}
            options={options}
            onValue={chairId => set({ chairId })}
            data-testid="meeting-chair"
          />
          <SelectField
            label={w.recorder}
            value={d.recorderId}
            options={options}
            onValue={recorderId => set({ recorderId })}
            data-testid="meeting-recorder"
          />
          <SelectField
            label={w.planFor}
            value={d.planId ?? data.plans[0]?.id ?? ''}
            options={[
              { value: '', label: w.noPlan },
              ...data.plans.map(p => ({ value: p.id, label: words.cases.planRound(p.round) })),
            ]}
            onValue={planId => set({ planId })}
            data-testid="meeting-plan"
          />
        </div>
      </section>
      <section className="card stack">
        <Group label={w.seatsFor}>
          {members.map(m => (
            <Check
              key={m.agencyId}
              label={m.name}
              checked={seats.includes(m.agencyId)}
              onValue={on => set({ agencies: on ? [...seats, m.agencyId] : seats.filter(x => x !== m.agencyId) })}
              data-testid={`seat-for-${m.agencyId}`}
            />
          ))}
          {called.map(a => (
            <Check
              key={a.id}
              label={`${a.name}${words.meetingTypes.calledByType}`}
              checked={seats.includes(a.id)}
              onValue={on => set({ agencies: on ? [...seats, a.id] : seats.filter(x => x !== a.id) })}
              data-testid={`seat-for-${a.id}`}
            />
          ))}
        </Group>
        <AgendaDraftList value={agenda} offers={offersOf(type, agenda)} onValue={agenda => set({ agenda })} />
      </section>
      <div>
        <Button
          type="submit"
          kind="solid"
          busy={busy}
          why={
            !d.title.trim()
              ? words.form.needed(w.titleField)
              : agendaComplete(agenda)
                ? undefined
                : words.sitting.needAgendaOne
          }
          data-testid="create-meeting"
        >
          {w.create}
        </Button>
      </div>
    </form>
  )
}
