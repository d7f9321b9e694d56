import { offered } from '../../app/offered'
import { useCodes } from '../../app/useCodes'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { Choice } from './Choice'
import type { IntakePart } from './IntakePart'

/** Who asks, and how they came. Of the person who asks for themselves no second name is wanted. */
export function AskerFields({ draft, errors, set }: IntakePart) {
  const w = words.intake
  const routes = useCodes('route')
  const other = draft.asker !== '' && draft.asker !== 'self'
  return (
    <>
      <Choice
        label={w.who}
        options={w.askers}
        value={draft.asker}
        onValue={asker => set(asker === 'self' || asker === 'anonymous' ? { asker, askerName: '' } : { asker })}
        error={errors.asker}
        required
        testid="asker"
      />
      <div className="form-grid">
        {other && draft.asker !== 'anonymous' ? (
          <TextField
            label={w.askerName}
            value={draft.askerName}
            onValue={askerName => set({ askerName })}
            error={errors.askerName}
            autoComplete="off"
          />
        ) : null}
        {other ? (
          <TextField
            label={w.askerRelation}
            hint={w.askerRelationHint}
            value={draft.askerRelation}
            onValue={askerRelation => set({ askerRelation })}
            error={errors.askerRelation}
            autoComplete="off"
          />
        ) : null}
        <SelectField
          label={w.route}
          value={draft.route}
          options={[
            { value: '', label: words.form.choose },
            ...offered(routes).map(r => ({ value: r.code, label: r.label })),
          ]}
          onValue={route => set({ route })}
          error={errors.route}
        />
      </div>
    </>
  )
}
