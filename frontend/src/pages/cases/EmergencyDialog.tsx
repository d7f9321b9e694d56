import { useState } from 'react'
import { api } from '../../api/api'
import type { CaseMember, Person } from '../../api/cases'
import { useCodes } from '../../app/useCodes'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { personLabel } from './personLabel'

interface Props {
  caseId: string
  members: readonly CaseMember[]
  persons: readonly Person[]
  onClose: () => void
  onDone: () => Promise<void>
}

const FIELDS = ['agencyId', 'persons', 'items', 'basis', 'reason', 'hours'] as const

/** 緊急開示を行う: nothing is ticked beforehand. */
export function EmergencyDialog({ caseId, members, persons, onClose, onDone }: Props) {
  const [form, setForm] = useState({
    agencyId: '',
    persons: [] as string[],
    items: [] as string[],
    basis: '',
    reason: '',
    hours: '24',
  })
  const items = useCodes('item')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.guard
  const set = (part: Partial<typeof form>) => setForm(s => ({ ...s, ...part }))
  const toggle = (list: string[], v: string, on: boolean) => (on ? [...list, v] : list.filter(x => x !== v))
  const send = () =>
    void submit(async () => {
      await api.post(`/cases/${caseId}/emergencies`, { ...form, hours: Number(form.hours) })
      await onDone()
    })
  const error = rest(...FIELDS)
  return (
    <Dialog
      title={w.begin}
      onClose={onClose}
      wide
      data-testid="emergency-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="danger" busy={busy} onClick={send} data-testid="emergency-go">
            {w.go}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <p>{w.emergencyText}</p>
        <SelectField
          label={w.agency}
          value={form.agencyId}
          options={[
            { value: '', label: words.form.choose },
            ...members.filter(m => !m.until).map(m => ({ value: m.agencyId, label: m.name })),
          ]}
          onValue={agencyId => set({ agencyId })}
          error={at('agencyId')}
          required
          data-testid="emergency-agency"
        />
        <Group label={w.persons} error={at('persons')} required>
          {persons.map(p => (
            <Check
              key={p.id}
              label={personLabel(persons, p.id)}
              checked={form.persons.includes(p.id)}
              onValue={on => set({ persons: toggle(form.persons, p.id, on) })}
              data-testid="emergency-person"
            />
          ))}
        </Group>
        <Group label={w.items} error={at('items')} required>
          {items.map(i => (
            <Check
              key={i.code}
              label={i.label}
              checked={form.items.includes(i.code)}
              onValue={on => set({ items: toggle(form.items, i.code, on) })}
              data-testid={`emergency-item-${i.code}`}
            />
          ))}
        </Group>
        <SelectField
          label={w.basis}
          value={form.basis}
          options={[{ value: '', label: words.form.choose }, ...w.bases]}
          onValue={basis => set({ basis })}
          error={at('basis')}
          required
          data-testid="emergency-basis"
        />
        <TextArea
          label={w.reason}
          value={form.reason}
          onValue={reason => set({ reason })}
          error={at('reason')}
          required
          data-testid="emergency-reason"
        />
        <SelectField
          label={w.hours}
          value={form.hours}
          options={w.hourOptions}
          onValue={hours => set({ hours })}
          error={at('hours')}
          data-testid="emergency-hours"
        />
      </div>
    </Dialog>
  )
}
