import { parseDate } from '../../dates/parseDate'
import { showDate } from '../../dates/showDate'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { IntakePart } from './IntakePart'

/** Whom the 相談 is about. Nothing of it has to be known. */
export function PersonInNeed({ draft, errors, set }: IntakePart) {
  const w = words.intake
  const birth = parseDate(draft.birth)
  return (
    <>
      <div className="form-grid">
        <TextField
          label={w.name}
          hint={w.nameHint}
          value={draft.name}
          onValue={name => set({ name })}
          error={errors.name}
          autoComplete="off"
          data-testid="intake-name"
        />
        <TextField
          label={w.kana}
          value={draft.kana}
          onValue={kana => set({ kana })}
          error={errors.kana}
          autoComplete="off"
          data-testid="intake-kana"
        />
        <TextField
          label={w.birth}
          hint={birth ? showDate(birth) : w.birthHint}
          value={draft.birth}
          onValue={b => set(b ? { birth: b, ageBand: '' } : { birth: b })}
          error={errors.birth}
          autoComplete="off"
          data-testid="intake-birth"
        />
        {draft.birth ? null : (
          <SelectField
            label={w.ageBand}
            value={draft.ageBand}
            options={[{ value: '', label: w.unknown }, ...w.ageBands]}
            onValue={ageBand => set({ ageBand })}
            error={errors.ageBand}
          />
        )}
        <SelectField
          label={w.sex}
          value={draft.sex}
          options={[{ value: '', label: words.form.choose }, ...words.cases.sexes.map(s => ({ value: s, label: s }))]}
          onValue={sex => set({ sex })}
          error={errors.sex}
        />
        <TextField
          label={w.district}
          value={draft.district}
          onValue={district => set({ district })}
          error={errors.district}
          autoComplete="off"
        />
        <TextField
          label={w.contact}
          hint={w.contactHint}
          value={draft.contact}
          onValue={contact => set({ contact })}
          error={errors.contact}
          autoComplete="off"
        />
      </div>
      <Check label={w.addressSecret} checked={draft.addressSecret} onValue={addressSecret => set({ addressSecret })} />
    </>
  )
}
