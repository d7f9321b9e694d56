import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
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
import { type MeetingDraft, newMeetingDraft } from './MeetingDraft'
import { ModeFields } from './ModeFields'
import { agendaComplete, meetingBody } from './meetingBody'
import { useColleagues } from './useColleagues'
import { WhenFields } from './WhenFields'

interface Props {
  id: string
}

/** Prepares a meeting: legal form, day, seats, chair and agenda. */
export function NewMeetingPage({ id }: Props) {
  const { data, error: failed, reload } = useLoad<CasePage>(`/cases/${id}`)
  const options = useColleagues()
  const actor = useActor()
  const types = useLoad<{ types: MeetingType[] }>('/meeting-types')
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies')
  const [d, setDraft] = useState<MeetingDraft>(() => newMeetingDraft(actor.id, today()))
  const { submit, busy, error } = useSubmit()
  const [, go] = useLocation()
  const w = words.meeting
  if (!data || !types.data) return <PageState error={failed ?? types.error} reload={reload} />
  const type = types.data.types.find(t => t.id === d.type)
  const agenda = d.agenda ?? firstAgenda(type)
  const set = (part: Partial<MeetingDraft>) => setDraft(x => ({ ...x, ...part }))
  const members = data.members.filter(m => !m.until)
  const called = calledByType(type, agencies.data?.agencies ?? [], members)
  const seats = d.agencies ?? [...members.map(m => m.agencyId), ...called.map(a => a.id)]
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
