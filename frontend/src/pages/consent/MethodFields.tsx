import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { EvidenceField } from './EvidenceField'
import type { FieldProps } from './FieldProps'
import { OralFields } from './OralFields'
import { PhoneFields } from './PhoneFields'
import { ScribeFields } from './ScribeFields'
import { SignaturePad } from './SignaturePad'

interface Props extends FieldProps {
  caseId: string
}

/** How it was given: on paper, by word, or signed on the screen. Only the fields of the chosen method are shown. */
export function MethodFields({ caseId, ...part }: Props) {
  const { draft: d, set, error } = part
  const w = words.consent
  return (
    <>
      <Group label={w.method} error={error('method')}>
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
      {d.method === 'oral' ? <OralFields {...part} /> : null}
      {d.method === 'phone' ? <PhoneFields {...part} /> : null}
      {d.method === 'scribe' ? <ScribeFields {...part} /> : null}
      {d.method === 'signature' ? (
        <SignaturePad
          strokes={d.signature}
          onStrokes={signature => set({ signature })}
          onOther={method => set({ method })}
          error={error('signature')}
        />
      ) : (
        <EvidenceField
          caseId={caseId}
          name={d.evidenceName}
          onFile={(evidenceFile, evidenceName) => set({ evidenceFile, evidenceName })}
          error={error('evidenceFile')}
        />
      )}
      <TextArea
        label={w.methodNote}
        value={d.methodNote}
        onValue={methodNote => set({ methodNote })}
        error={error('methodNote')}
      />
      <div className="form-grid">
        <DateField
          label={w.copyGiven}
          value={d.copyGiven}
          onValue={copyGiven => set({ copyGiven })}
          error={error('copyGivenAt')}
          data-testid="copy-given"
        />
      </div>
    </>
  )
}
