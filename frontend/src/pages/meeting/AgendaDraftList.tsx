import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { AgendaDraft } from './MeetingDraft'

interface Props {
  value: readonly AgendaDraft[]
  onValue: (agenda: AgendaDraft[]) => void
  /** Tells the lists of several cases apart. */
  name?: string
}

/** The agenda of a meeting being prepared. */
export function AgendaDraftList({ value, onValue, name = 'draft' }: Props) {
  const w = words.meeting
  const set = (key: number, part: Partial<AgendaDraft>) =>
    onValue(value.map(a => (a.key === key ? { ...a, ...part } : a)))
  return (
    <fieldset className="stack-s">
      <legend className="field-label">{w.agendaFirst}</legend>
      {value.map((a, i) => (
        <div key={a.key} className="form-grid">
          <TextField
            label={`${w.agendaTitle} ${i + 1}`}
            value={a.title}
            onValue={title => set(a.key, { title })}
            required
            data-testid={`${name}-agenda-${i + 1}`}
          />
          <SelectField
            label={w.agendaPurpose}
            value={a.purpose}
            options={w.purposes}
            onValue={purpose => set(a.key, { purpose })}
            required
            data-testid={`${name}-purpose-${i + 1}`}
          />
          <SelectField
            label={w.agendaKind}
            value={a.kind}
            options={w.agendaKinds}
            onValue={kind => set(a.key, { kind })}
          />
          <TextField
            label={w.agendaPoint}
            value={a.point}
            onValue={point => set(a.key, { point })}
            required
            data-testid={`${name}-point-${i + 1}`}
          />
          <SelectField
            label={w.agendaItem}
            value={a.item}
            options={words.plan.items.map(([value, label]) => ({ value, label }))}
            onValue={item => set(a.key, { item })}
            data-testid={`${name}-item-${i + 1}`}
          />
          {value.length > 1 ? (
            <Button kind="text" onClick={() => onValue(value.filter(x => x.key !== a.key))}>
              {words.form.remove}
            </Button>
          ) : null}
        </div>
      ))}
      <div>
        <Button
          onClick={() =>
            onValue([
              ...value,
              {
                key: Math.max(...value.map(a => a.key)) + 1,
                title: '',
                purpose: 'share',
                kind: '',
                point: '',
                item: 'basic',
              },
            ])
          }
          data-testid={`${name}-agenda-add`}
        >
          ＋ {w.addAgenda}
        </Button>
      </div>
    </fieldset>
  )
}
