import { type FormEvent, useState } from 'react'
import { api } from '../../api/api'
import type { AgendaBlock, LaidPaper, MeetingType } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import { takeFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import type { Option } from '../../parts/Option'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { minutesOf } from '../meeting/meetingBody'
import { BlocksField } from './BlocksField'
import { PapersField } from './PapersField'
import { type TypeDraft, typeBody, typeDraft } from './TypeDraft'

interface Props {
  title: string
  start: MeetingType
  /** The four duties of the meeting, to begin again from. */
  duties: readonly AgendaBlock[]
  papers: readonly LaidPaper[]
  agencies: readonly Agency[]
  categories: readonly Option[]
  onClose: () => void
  onSaved: () => Promise<void>
}

const SHOWN = ['name', 'basis', 'chairPost', 'formName', 'retention', 'confirmDays', 'effectiveFrom', 'mode']

/** A version of a 会議種別 being written. */
export function TypeEditor({ title, start, duties, papers, agencies, categories, onClose, onSaved }: Props) {
  const [d, setDraft] = useState<TypeDraft>(() => typeDraft(start))
  const { submit, busy, at, rest } = useSubmit()
  const w = words.meetingTypes
  const set = (part: Partial<TypeDraft>) => setDraft(s => ({ ...s, ...part }))
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      await api.post('/meeting-types', typeBody(d))
      await onSaved()
    })
  }
  const other = rest(...SHOWN)
  const line = (key: 'name' | 'basis' | 'chairPost' | 'formName' | 'retention' | 'confirmDays', hint?: string) => (
    <TextField
      label={w[key]}
      hint={hint}
      value={d[key]}
      onValue={v => set({ [key]: v })}
      error={at(key)}
      required={key === 'name' || key === 'basis' || key === 'retention'}
      inputMode={key === 'retention' || key === 'confirmDays' ? 'numeric' : undefined}
      data-testid={`type-${key}`}
    />
  )
  return (
    <form className="stack editing" onSubmit={send} noValidate aria-label={title}>
      <h2>{title}</h2>
      {other ? <Banner tone="bad" title={other} data-testid="type-error" /> : null}
      <section className="card stack">
        <div className="form-grid">
          {line('name')}
          <DateField
            label={w.from}
            hint={w.fromHint}
            value={d.effectiveFrom}
            onValue={effectiveFrom => set({ effectiveFrom })}
            error={at('effectiveFrom')}
            required
            data-testid="type-from"
          />
        </div>
        <Group label={w.mode} error={at('mode')}>
          {w.modes.map(m => (
            <Check
              key={m.value}
              kind="radio"
              name="type-mode"
              label={m.label}
              checked={d.mode === m.value}
              onValue={() => set({ mode: m.value })}
              data-testid={`type-mode-${m.value}`}
            />
          ))}
        </Group>
        {line('basis', w.basisHint)}
        <div className="form-grid">
          {line('chairPost', w.chairHint)}
          {line('formName', w.formHint)}
          {line('retention')}
          {line('confirmDays', w.confirmHint)}
        </div>
      </section>
      <Called d={d} set={set} agencies={agencies} categories={categories} />
      <BlocksField value={d.agenda} duties={duties} onValue={agenda => set({ agenda })} />
      <Minutes d={d} set={set} />
      <PapersField
        papers={papers}
        value={d.papers}
        onValue={papers => set({ papers })}
        onPreview={paper => takeFile('/meeting-types/preview', { type: typeBody(d), paper }, w.papersSample)}
      />
      <Check label={w.retire} checked={d.retired} onValue={retired => set({ retired })} data-testid="type-retired" />
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="type-save">
          {w.save}
        </Button>
        <Button onClick={onClose}>{words.form.cancel}</Button>
      </div>
    </form>
  )
}

interface PartProps {
  d: TypeDraft
  set: (part: Partial<TypeDraft>) => void
}

/** 既定構成員: agencies by name, or all of a 機関区分. */
function Called({ d, set, agencies, categories }: PartProps & Pick<Props, 'agencies' | 'categories'>) {
  const w = words.meetingTypes
  const swap = (list: readonly string[], x: string, on: boolean) => (on ? [...list, x] : list.filter(y => y !== x))
  return (
    <section className="card stack" aria-labelledby="type-called">
      <h3 id="type-called">{w.called}</h3>
      <p className="soft">{w.calledHint}</p>
      <Group label={w.calledAgencies}>
        {agencies
          .filter(a => a.active || d.agencies.includes(a.id))
          .map(a => (
            <Check
              key={a.id}
              label={a.name}
              checked={d.agencies.includes(a.id)}
              onValue={on => set({ agencies: swap(d.agencies, a.id, on) })}
              data-testid={`type-agency-${a.id}`}
            />
          ))}
      </Group>
      <details className="disclosure" open={d.categories.length > 0}>
        <summary>{w.calledCategories}</summary>
        <Group label={w.calledCategories}>
          {categories.map(c => (
            <Check
              key={c.value}
              label={c.label}
              checked={d.categories.includes(c.value)}
              onValue={on => set({ categories: swap(d.categories, c.value, on) })}
            />
          ))}
        </Group>
      </details>
    </section>
  )
}

/** The planned minutes of each phase. */
function Minutes({ d, set }: PartProps) {
  const w = words.meetingTypes
  const sum = d.phases.reduce((n, p) => n + Math.max(0, minutesOf(p.minutes)), 0)
  return (
    <section className="card stack-s" aria-labelledby="type-phases">
      <div className="between">
        <h3 id="type-phases">{w.phases}</h3>
        <span>{w.phasesSum(sum)}</span>
      </div>
      <div className="type-phases">
        {d.phases.map((p, i) => (
          <TextField
            key={p.id}
            label={p.label}
            inputMode="numeric"
            value={p.minutes}
            onValue={minutes => set({ phases: d.phases.map((x, k) => (k === i ? { ...x, minutes } : x)) })}
          />
        ))}
      </div>
    </section>
  )
}
