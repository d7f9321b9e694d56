import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { ConsentDraft } from './ConsentDraft'
import { EvidenceField } from './EvidenceField'
import { SignaturePad } from './SignaturePad'

interface Props {
  caseId: string
  draft: ConsentDraft
  set: (part: Partial<ConsentDraft>) => void
  error: (field: string) => string | undefined
}

/** Who said it and how it was given: on paper, by word, or signed on the screen. */
export function MethodFields({ caseId, draft: d, set, error }: Props) {
  const w = words.consent
  const hint = w.methodHints[d.method]
  return (
    <section className="card stack">
      <Group label={w.grantor}>
        {w.grantors.map(g => (
          <Check
            key={g.value}
            kind="radio"
            name="grantor"
            label={g.label}
            checked={d.grantor === g.value}
            onValue={() => set({ grantor: g.value })}
          />
        ))}
      </Group>
      {d.grantor === 'self' ? null : (
        <div className="form-grid">
          <TextField
            label={w.grantorName}
            value={d.grantorName}
            onValue={grantorName => set({ grantorName })}
            error={error('grantorName')}
            required
          />
          <TextField
            label={w.grantorNote}
            value={d.grantorNote}
            onValue={grantorNote => set({ grantorNote })}
            error={error('grantorNote')}
          />
        </div>
      )}
      <div className="form-grid">
        <TextField
          label={w.grantorDoc}
          hint={w.grantorDocHint}
          value={d.grantorDoc}
          onValue={grantorDoc => set({ grantorDoc })}
          error={error('grantorDoc')}
          data-testid="grantor-doc"
        />
      </div>
      <Group label={w.method}>
        {w.methods.map(m => (
          <Check
            key={m.value}
            kind="radio"
            name="method"
            label={m.label}
            checked={d.method === m.value}
            onValue={() => set({ method: m.value })}
            data-testid={`method-${m.value}`}
          />
        ))}
      </Group>
      {hint ? (
        <TextArea
          label={w.methodNote}
          hint={hint}
          value={d.methodNote}
          onValue={methodNote => set({ methodNote })}
          error={error('methodNote')}
          required
        />
      ) : null}
      {d.method === 'signature' ? (
        <SignaturePad strokes={d.signature} onStrokes={signature => set({ signature })} error={error('signature')} />
      ) : (
        <EvidenceField
          caseId={caseId}
          name={d.evidenceName}
          onFile={(evidenceFile, evidenceName) => set({ evidenceFile, evidenceName })}
          error={error('evidenceFile')}
        />
      )}
      <div className="form-grid">
        <DateField
          label={w.copyGiven}
          value={d.copyGiven}
          onValue={copyGiven => set({ copyGiven })}
          error={error('copyGivenAt')}
          data-testid="copy-given"
        />
      </div>
    </section>
  )
}
