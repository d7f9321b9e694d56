import { useState } from 'react'
import { parseMoment } from '../../dates/parseMoment'
import { showMoment } from '../../dates/showMoment'
import { Field } from '../../parts/Field'
import { words } from '../../words'

interface Props {
  label: string
  /** 1998, 1998-04, 1998-04-01 or ''. */
  value: string
  onValue: (moment: string) => void
  'data-testid'?: string
}

/** A year, a month or a day, typed as people write it. What cannot be read stays in the field. */
export function MomentField({ label, value, onValue, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const w = words.household.moment
  const read = draft === null ? null : parseMoment(draft)
  const wrong = draft !== null && draft.trim() !== '' && read === null
  const settle = () => {
    if (draft === null || wrong) return
    setDraft(null)
    onValue(read ?? '')
  }
  return (
    <Field label={label} hint={read ? showMoment(read) : w.hint} error={wrong ? w.unreadable : undefined}>
      {control => (
        <input
          {...rest}
          {...control}
          className="input"
          autoComplete="off"
          value={draft ?? (value ? showMoment(value) : '')}
          onChange={e => setDraft(e.currentTarget.value)}
          onBlur={settle}
          onKeyDown={e => {
            if (e.key === 'Enter' && !e.nativeEvent.isComposing) settle()
          }}
        />
      )}
    </Field>
  )
}
