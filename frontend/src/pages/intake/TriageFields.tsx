import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { Choice } from './Choice'
import type { IntakePart } from './IntakePart'

/** What was agreed to, and what is done now. */
export function TriageFields({ draft, errors, set }: IntakePart) {
  const w = words.intake
  const ends = draft.triage === 'info'
  return (
    <>
      <Choice
        label={w.consent}
        hint={w.consentHint}
        options={w.consents}
        value={draft.consent}
        onValue={consent => set({ consent })}
        error={errors.consent}
        required
        testid="consent"
      />
      <Choice
        label={w.triage}
        options={w.triages}
        value={draft.triage}
        onValue={triage => set({ triage })}
        error={errors.triage}
        required
        testid="triage"
      />
      <TextArea
        label={ends ? w.noteInfo : w.note}
        value={draft.note}
        onValue={note => set({ note })}
        error={errors.note}
        required={ends}
        rows={2}
        data-testid="intake-note"
      />
    </>
  )
}
