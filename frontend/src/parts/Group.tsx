import { type ReactNode, useId } from 'react'
import { words } from '../words'

interface Props {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  children: ReactNode
}

/** Several controls under one question. */
export function Group({ label, hint, error, required, children }: Props) {
  const id = useId()
  return (
    <fieldset className="field" aria-describedby={error ? `${id}e` : undefined}>
      <legend className="field-label">
        {label}
        {required ? <span className="field-need">{words.form.required}</span> : null}
      </legend>
      {hint ? <div className="field-hint">{hint}</div> : null}
      <div className="row">{children}</div>
      {error ? (
        <div className="field-error" id={`${id}e`} role="alert">
          {error}
        </div>
      ) : null}
    </fieldset>
  )
}
