import type { ButtonHTMLAttributes } from 'react'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'aria-disabled'> {
  kind?: 'solid' | 'outline' | 'text' | 'danger'
  small?: boolean
  /** Why it cannot be used now: the button stays reachable and says so. */
  why?: string | undefined
  busy?: boolean | undefined
}

/** A button; a greyed one keeps the focus and explains itself by title and description. */
export function Button({ kind = 'outline', small, why, busy, type = 'button', onClick, children, ...rest }: Props) {
  const off = Boolean(why) || busy
  return (
    <button
      {...rest}
      type={off && type === 'submit' ? 'button' : type}
      className="button"
      data-kind={kind}
      data-small={small || undefined}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-description={why || undefined}
      title={why || rest.title}
      onClick={off ? e => e.preventDefault() : onClick}
    >
      {children}
    </button>
  )
}
