import type { ReactNode, TextareaHTMLAttributes } from 'react'
import { Field } from './Field'

interface Props extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value' | 'placeholder'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  value: string
  onValue: (value: string) => void
}

/** A field of several lines of a form kept in the page. */
export function TextArea({ label, hint, error, value, onValue, required, ...rest }: Props) {
  return (
    <Field label={label} hint={hint} error={error} required={required ?? false}>
      {control => (
        <textarea
          rows={3}
          {...rest}
          {...control}
          className="input"
          value={value}
          onChange={e => onValue(e.currentTarget.value)}
        />
      )}
    </Field>
  )
}
