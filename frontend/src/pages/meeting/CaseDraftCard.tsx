import { useEffect } from 'react'
import type { CasePage, CaseSummary } from '../../api/cases'
import type { MeetingType } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { CaseSelect } from '../cases/CaseSelect'
import { AgendaDraftList } from './AgendaDraftList'
import { calledByType, offersOf } from './agendaOf'
import type { CaseDraft, ReadyCase } from './CaseDraft'

interface Props {
  value: ReadyCase
  type: MeetingType | undefined
  /** 1, 2, 3 … */
  n: number
  of: number
  /** The newest cases, and whether there are others. */
  cases: { cases: readonly CaseSummary[] | null; next: string }
  set: (part: Partial<CaseDraft>) => void
  onMove: (by: number) => void
  onRemove: () => void
}

/** One 案件: its case, time, agencies, plan and 議題. */
export function CaseDraftCard({ value: c, type, n, of, cases, set, onMove, onRemove }: Props) {
  const w = words.sitting
  return (
    <section className="card stack" aria-labelledby={`sitting-case-${c.key}`} data-testid={`sitting-case-${n}`}>
      <div className="between">
        <h2 id={`sitting-case-${c.key}`}>{w.caseOf(n)}</h2>
        {of > 1 ? (
          <div className="row">
            <Button
              small
              aria-label={w.earlier(n)}
              why={n > 1 ? undefined : w.caseOf(1)}
              onClick={() => onMove(-1)}
              data-testid={`sitting-earlier-${n}`}
            >
              ↑
            </Button>
            <Button
              small
              aria-label={w.later(n)}
              why={n < of ? undefined : w.last}
              onClick={() => onMove(1)}
              data-testid={`sitting-later-${n}`}
            >
              ↓
            </Button>
            <Button small kind="text" onClick={onRemove}>
              {w.removeCase(n)}
            </Button>
          </div>
        ) : null}
      </div>
      <div className="form-grid">
        <CaseSelect
          label={w.case}
          value={c.caseId}
          first={cases.cases ?? []}
          more={cases.next !== ''}
          onValue={caseId => set({ caseId, planId: null, agencies: null })}
          data-testid={`sitting-case-id-${n}`}
        />
        <TextField
          label={w.minutes}
          hint={w.minutesHint}
          inputMode="numeric"
          value={c.minutes}
          onValue={minutes => set({ minutes })}
          required
          data-testid={`sitting-minutes-${n}`}
        />
      </div>
      {c.caseId ? <CaseChoices key={c.caseId} value={c} type={type} n={n} set={set} /> : null}
      <AgendaDraftList
        name={`case-${n}`}
        value={c.agenda}
        offers={offersOf(type, c.agenda)}
        onValue={agenda => set({ agenda })}
      />
    </section>
  )
}

/** The plan and the agencies of the case that was chosen. */
function CaseChoices({ value: c, type, n, set }: Pick<Props, 'value' | 'type' | 'n' | 'set'>) {
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies')
  const { data, error } = useLoad<CasePage>(`/cases/${c.caseId}`)
  const newest = data?.plans[0]?.id ?? ''
  const open = c.planId === null && Boolean(data)
  useEffect(() => {
    if (open) set({ planId: newest })
  }, [open, newest, set])
  const w = words.meeting
  if (error) return <Banner tone="bad" title={error.message} />
  if (!data) return null
  const members = data.members.filter(m => !m.until)
  const called = calledByType(type, agencies.data?.agencies ?? [], members)
  const seats = c.agencies ?? [...members.map(m => m.agencyId), ...called.map(a => a.id)]
  return (
    <>
      <SelectField
        label={w.planFor}
        value={c.planId ?? newest}
        options={[
          { value: '', label: w.noPlan },
          ...data.plans.map(p => ({ value: p.id, label: words.cases.planRound(p.round) })),
        ]}
        onValue={planId => set({ planId })}
        data-testid={`sitting-plan-${n}`}
      />
      <Group label={w.seatsFor}>
        {members.map(m => (
          <Check
            key={m.agencyId}
            label={m.name}
            checked={seats.includes(m.agencyId)}
            onValue={on => set({ agencies: on ? [...seats, m.agencyId] : seats.filter(x => x !== m.agencyId) })}
            data-testid={`sitting-seat-${n}-${m.agencyId}`}
          />
        ))}
        {called.map(a => (
          <Check
            key={a.id}
            label={`${a.name}${words.meetingTypes.calledByType}`}
            checked={seats.includes(a.id)}
            onValue={on => set({ agencies: on ? [...seats, a.id] : seats.filter(x => x !== a.id) })}
            data-testid={`sitting-seat-${n}-${a.id}`}
          />
        ))}
      </Group>
    </>
  )
}
