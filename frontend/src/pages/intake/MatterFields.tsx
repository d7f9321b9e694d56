import { Banner } from '../../parts/Banner'
import { Check } from '../../parts/Check'
import { CheckList } from '../../parts/CheckList'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { Choice } from './Choice'
import type { IntakePart } from './IntakePart'

/** What it is about, and how much it presses. */
export function MatterFields({ draft, errors, set }: IntakePart) {
  const w = words.intake
  return (
    <>
      <TextArea
        label={w.trouble}
        hint={w.troubleHint}
        value={draft.trouble}
        onValue={trouble => set({ trouble })}
        error={errors.trouble}
        required
        rows={4}
        data-testid="intake-trouble"
      />
      <CheckList
        label={w.fields}
        options={w.fieldList}
        value={draft.fields}
        onValue={fields => set({ fields })}
        error={errors.fields}
        required
        testid="field"
      />
      <Choice
        label={w.urgency}
        options={w.urgencies}
        value={draft.urgency}
        onValue={urgency => set({ urgency })}
        error={errors.urgency}
        required
        testid="urgency"
      />
      <Check
        label={w.dangerCheck}
        checked={draft.danger}
        onValue={danger => set({ danger })}
        data-testid="intake-danger"
      />
      {draft.danger ? (
        <Banner tone="warn" title={w.danger}>
          {w.dangerHint}
        </Banner>
      ) : null}
    </>
  )
}
