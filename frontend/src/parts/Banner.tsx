import type { ReactNode } from 'react'

interface Props {
  tone?: 'info' | 'good' | 'warn' | 'bad'
  title: string
  children?: ReactNode
  actions?: ReactNode
  'data-testid'?: string
}

const ICONS = { info: 'i', good: '✓', warn: '！', bad: '×' }

/** A notice inside the page. Errors are announced at once, the rest politely. */
export function Banner({ tone = 'info', title, children, actions, ...rest }: Props) {
  return (
    <div className="banner" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'} {...rest}>
      <span className="banner-icon" aria-hidden="true">
        {ICONS[tone]}
      </span>
      <div>
        <strong>{title}</strong>
        {children ? <div>{children}</div> : null}
      </div>
      {actions ? <div className="row">{actions}</div> : null}
    </div>
  )
}
