import { parseDate } from '../../dates/parseDate'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { PersonDraft } from './PersonDraft'

interface Props {
  n: number
  value: PersonDraft
  errors: Record<string, string>
  onValue: (value: PersonDraft) => void
  onRemove?: (() => void) | undefined
}

const options = (list: readonly string[]) => [
  { value: '', label: words.form.choose },
  ...list.map(v => ({ value: v, label: v })),
]

/** One 世帯員 of a form. */
export function PersonFields({ n, value, errors, onValue, onRemove }: Props) {
  const w = words.cases
  const set = (part: Partial<PersonDraft>) => onValue({ ...value, ...part })
  const birth = parseDate(value.birth)
  return (
    <fieldset className="card stack">
      <legend className="sr-only">{w.personN(n)}</legend>
      <div className="between">
        <h3>{w.personN(n)}</h3>
        {onRemove ? (
          <Button kind="text" onClick={onRemove}>
            {w.removePerson}
          </Button>
        ) : null}
      </div>
      <div className="form-grid">
        <TextField
          label={w.name}
          hint={w.nameHint}
          value={value.name}
          onValue={name => set({ name })}
          error={errors.name}
          required
          data-testid={`person-${n}-name`}
        />
        <TextField
          label={w.kana}
          hint={w.kanaHint}
          value={value.kana}
          onValue={kana => set({ kana })}
          error={errors.kana}
          required
          data-testid={`person-${n}-kana`}
        />
        <SelectField
          label={w.relation}
          value={value.relation}
          options={options(w.relations)}
          onValue={relation => set({ relation })}
          data-testid={`person-${n}-relation`}
        />
        <TextField
          label={w.birth}
          hint={birth ? showDate(birth) : w.birthHint}
          value={value.birth}
          onValue={b => set({ birth: b })}
          error={errors.birth}
          data-testid={`person-${n}-birth`}
        />
        <SelectField label={w.sex} value={value.sex} options={options(w.sexes)} onValue={sex => set({ sex })} />
      </div>
      <div className="row">
        <Check
          label={w.subject}
          checked={value.subject}
          onValue={subject => set({ subject })}
          data-testid={`person-${n}-subject`}
        />
        <Check
          label={w.addressSecret}
          checked={value.addressSecret}
          onValue={addressSecret => set({ addressSecret })}
        />
      </div>
    </fieldset>
  )
}
