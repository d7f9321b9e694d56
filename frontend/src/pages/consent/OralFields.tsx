import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { OralDraft } from './ConsentDraft'
import type { FieldProps } from './FieldProps'

/** 口頭: 聴取者, 立会者, 日時, 場所, 発言要旨. */
export function OralFields({ draft, set, error }: FieldProps) {
  const w = words.consent
  const d = draft.oral
  const put = (part: Partial<OralDraft>) => set({ oral: { ...d, ...part } })
  const at = (name: string) => error(`details.oral.${name}`)
  return (
    <div className="stack-s" data-testid="oral-fields">
      <div className="form-grid">
        <TextField
          label={w.hearer}
          value={d.hearer}
          onValue={hearer => put({ hearer })}
          error={at('hearer')}
          required
          data-testid="oral-hearer"
        />
        <TextField
          label={w.oralWitness}
          value={d.witness}
          onValue={witness => put({ witness })}
          error={at('witness')}
          required
          data-testid="oral-witness"
        />
        <DateField label={w.heardOn} value={d.date} onValue={date => put({ date })} error={at('at')} required />
        <TextField label={w.heardTime} type="time" value={d.time} onValue={time => put({ time })} />
        <TextField
          label={w.place}
          value={d.place}
          onValue={place => put({ place })}
          error={at('place')}
          required
          data-testid="oral-place"
        />
      </div>
      <TextArea
        label={w.said}
        hint={w.saidHint}
        value={d.words}
        onValue={text => put({ words: text })}
        error={at('words')}
        required
        data-testid="oral-words"
      />
    </div>
  )
}
