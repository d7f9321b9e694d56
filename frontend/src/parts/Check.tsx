import type { InputHTMLAttributes, ReactNode } from 'react'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'type'> {
  label: ReactNode
  kind?: 'checkbox' | 'radio'
  onValue: (checked: boolean) => void
}

/** A checkbox or a radio button with its label as one target. */
export function Check({ label, kind = 'checkbox', onValue, ...rest }: Props) {
  return (
    <label className="check">
      <input {...rest} type={kind} onChange={e => onValue(e.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}
