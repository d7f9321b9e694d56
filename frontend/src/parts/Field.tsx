import { type ReactNode, useId } from 'react'
import { words } from '../words'

/** What the control inside gets: spread it onto the input. */
export interface ControlProps {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
}

interface Props {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  children: (control: ControlProps) => ReactNode
}

/** Label, hint, control and error of one form field, tied together for screen readers. */
export function Field({ label, hint, error, required, children }: Props) {
  const id = useId()
  const described = [hint ? `${id}h` : '', error ? `${id}e` : ''].filter(Boolean).join(' ')
  const control: ControlProps = { id }
  if (described) control['aria-describedby'] = described
  if (error) control['aria-invalid'] = true
  if (required) control['aria-required'] = true
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {required ? <span className="field-need">{words.form.required}</span> : null}
      </label>
      {hint ? (
        <div className="field-hint" id={`${id}h`}>
          {hint}
        </div>
      ) : null}
      {children(control)}
      {error ? (
        <div className="field-error" id={`${id}e`} role="alert">
          {error}
        </div>
      ) : null}
    </div>
  )
}
