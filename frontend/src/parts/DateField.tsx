import { type ReactNode, useState } from 'react'
import { parseDate } from '../dates/parseDate'
import { showDate } from '../dates/showDate'
import { words } from '../words'
import { Field } from './Field'

interface Props {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  warning?: string | undefined
  required?: boolean
  readOnly?: boolean
  /** ISO date or ''. */
  value: string
  onValue: (iso: string) => void
  'data-testid'?: string
}

/** A day, typed as people write it (R8.4.1, 2026/4/1 …). Shown in both calendars; what cannot be read stays in the field. */
export function DateField({ label, hint, error, warning, required, readOnly, value, onValue, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const wrong = draft !== null && draft.trim() !== '' && parseDate(draft) === null
  const settle = () => {
    if (draft === null) return
    const iso = draft.trim() === '' ? '' : parseDate(draft)
    if (iso === null) return
    setDraft(null)
    if (iso !== value) onValue(iso)
  }
  const preview = draft !== null ? parseDate(draft) : value
  return (
    <Field
      label={label}
      hint={preview ? showDate(preview) : (hint ?? words.date.hint)}
      required={required ?? false}
      error={error ?? (wrong ? words.date.unreadable : undefined)}
    >
      {control => (
        <>
          <input
            {...rest}
            {...control}
            className="input"
            readOnly={readOnly}
            autoComplete="off"
            value={draft ?? (value ? showDate(value, 'wareki') : '')}
            onChange={e => setDraft(e.currentTarget.value)}
            onBlur={settle}
            onKeyDown={e => {
              if (e.key === 'Enter' && !e.nativeEvent.isComposing) settle()
            }}
          />
          {warning ? <span className="field-error">{warning}</span> : null}
        </>
      )}
    </Field>
  )
}
