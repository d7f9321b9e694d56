import type { InputHTMLAttributes, ReactNode } from 'react'
import { Field } from './Field'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'placeholder'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  value: string
  onValue: (value: string) => void
}

/** A one-line text field of a form kept in the page. */
export function TextField({ label, hint, error, value, onValue, required, ...rest }: Props) {
  return (
    <Field label={label} hint={hint} error={error} required={required ?? false}>
      {control => (
        <input {...rest} {...control} className="input" value={value} onChange={e => onValue(e.currentTarget.value)} />
      )}
    </Field>
  )
}
