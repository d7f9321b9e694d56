import type { ReactNode, SelectHTMLAttributes } from 'react'
import { Field } from './Field'
import type { Option } from './Option'

interface Props extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  value: string
  options: readonly Option[]
  onValue: (value: string) => void
}

/** A choice of one. A stored value that is no longer in the list stays visible. */
export function SelectField({ label, hint, error, value, options, onValue, required, ...rest }: Props) {
  const known = options.some(o => o.value === value)
  return (
    <Field label={label} hint={hint} error={error} required={required ?? false}>
      {control => (
        <select {...rest} {...control} className="input" value={value} onChange={e => onValue(e.currentTarget.value)}>
          {known ? null : <option value={value}>{value}</option>}
          {options.map(o => (
            <option key={o.value} value={o.value} disabled={o.disabled}>
              {o.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
