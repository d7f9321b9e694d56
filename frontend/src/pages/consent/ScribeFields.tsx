import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { ScribeDraft } from './ConsentDraft'
import type { FieldProps } from './FieldProps'

/** 書面(代筆): 代筆者, 続柄, 理由, 立会人. */
export function ScribeFields({ draft, set, error }: FieldProps) {
  const w = words.consent
  const d = draft.scribe
  const put = (part: Partial<ScribeDraft>) => set({ scribe: { ...d, ...part } })
  const at = (name: string) => error(`details.scribe.${name}`)
  return (
    <div className="stack-s" data-testid="scribe-fields">
      <div className="form-grid">
        <TextField
          label={w.scribeName}
          value={d.name}
          onValue={name => put({ name })}
          error={at('name')}
          required
          data-testid="scribe-name"
        />
        <TextField
          label={w.scribeRelation}
          value={d.relation}
          onValue={relation => put({ relation })}
          error={at('relation')}
          required
          data-testid="scribe-relation"
        />
        <TextField
          label={w.scribeWitness}
          value={d.witness}
          onValue={witness => put({ witness })}
          error={at('witness')}
          required
          data-testid="scribe-witness"
        />
      </div>
      <TextArea
        label={w.scribeReason}
        hint={w.scribeReasonHint}
        value={d.reason}
        onValue={reason => put({ reason })}
        error={at('reason')}
        required
        data-testid="scribe-reason"
      />
    </div>
  )
}
