import type { AgendaBlock } from '../../api/meetingTypes'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { agendaOf } from './agendaOf'
import type { AgendaDraft } from './MeetingDraft'

interface Props {
  /** Blocks of the 議題のひな形 that can be added. */
  offers?: readonly AgendaBlock[]
  value: readonly AgendaDraft[]
  onValue: (agenda: AgendaDraft[]) => void
  /** Tells the lists of several cases apart. */
  name?: string
}

/** The agenda of a meeting being prepared. */
export function AgendaDraftList({ value, onValue, name = 'draft', offers = [] }: Props) {
  const w = words.meeting
  const next = Math.max(0, ...value.map(a => a.key)) + 1
  const set = (key: number, part: Partial<AgendaDraft>) =>
    onValue(value.map(a => (a.key === key ? { ...a, ...part } : a)))
  return (
    <fieldset className="stack-s">
      <legend className="field-label">{w.agendaFirst}</legend>
      {value.map((a, i) => (
        <fieldset key={a.key} className="type-block" aria-label={`${w.agendaTitle} ${i + 1}`}>
          <div className="form-grid">
            <TextField
              label={`${w.agendaTitle} ${i + 1}`}
              value={a.title}
              onValue={title => set(a.key, { title })}
              required
              data-testid={`${name}-agenda-${i + 1}`}
            />
            <TextField
              label={w.agendaPoint}
              value={a.point}
              onValue={point => set(a.key, { point })}
              required
              data-testid={`${name}-point-${i + 1}`}
            />
          </div>
          <div className="agenda-draft">
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
            <SelectField
              label={w.agendaItem}
              value={a.item}
              options={words.plan.items.map(([value, label]) => ({ value, label }))}
              onValue={item => set(a.key, { item })}
              data-testid={`${name}-item-${i + 1}`}
            />
            <TextField
              label={w.agendaMinutes}
              inputMode="numeric"
              value={a.minutes}
              onValue={minutes => set(a.key, { minutes })}
            />
            {value.length > 1 ? (
              <Button
                kind="text"
                aria-label={`${w.agendaTitle} ${i + 1}：${words.form.remove}`}
                onClick={() => onValue(value.filter(x => x.key !== a.key))}
                data-testid={`${name}-agenda-remove-${i + 1}`}
              >
                {words.form.remove}
              </Button>
            ) : null}
          </div>
        </fieldset>
      ))}
      <div className="row">
        <Button
          onClick={() =>
            onValue([
              ...value,
              {
                key: next,
                title: '',
                purpose: 'share',
                kind: '',
                point: '',
                minutes: '',
                item: 'basic',
              },
            ])
          }
          data-testid={`${name}-agenda-add`}
        >
          ＋ {w.addAgenda}
        </Button>
        {offers.map(b => (
          <Button
            key={b.title}
            small
            onClick={() => onValue([...value, agendaOf(b, next)])}
            data-testid={`${name}-agenda-offer`}
          >
            ＋ {b.title}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
