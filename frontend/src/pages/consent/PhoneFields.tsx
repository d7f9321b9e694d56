import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { PhoneDraft } from './ConsentDraft'
import type { FieldProps } from './FieldProps'

/** 電話: 聴取者, 日時, 本人確認の方法, 発言要旨. */
export function PhoneFields({ draft, set, error }: FieldProps) {
  const w = words.consent
  const d = draft.phone
  const put = (part: Partial<PhoneDraft>) => set({ phone: { ...d, ...part } })
  const at = (name: string) => error(`details.phone.${name}`)
  return (
    <div className="stack-s" data-testid="phone-fields">
      <div className="form-grid">
        <TextField
          label={w.hearer}
          value={d.hearer}
          onValue={hearer => put({ hearer })}
          error={at('hearer')}
          required
          data-testid="phone-hearer"
        />
        <DateField label={w.calledOn} value={d.date} onValue={date => put({ date })} error={at('at')} required />
        <TextField label={w.calledTime} type="time" value={d.time} onValue={time => put({ time })} />
        <TextField
          label={w.identified}
          hint={w.identifiedHint}
          value={d.identified}
          onValue={identified => put({ identified })}
          error={at('identified')}
          required
          data-testid="phone-identified"
        />
      </div>
      <TextArea
        label={w.said}
        hint={w.saidHint}
        value={d.words}
        onValue={text => put({ words: text })}
        error={at('words')}
        required
        data-testid="phone-words"
      />
    </div>
  )
}
