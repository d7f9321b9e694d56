import type { ReactNode } from 'react'

interface Props {
  tone?: 'plain' | 'good' | 'warn' | 'bad' | 'key' | 'support' | 'layered'
  children: ReactNode
  title?: string | undefined
  'data-testid'?: string
}

/** A short label; the words carry the meaning, the colour only helps. */
export function Chip({ tone = 'plain', children, ...rest }: Props) {
  return (
    <span className="chip" data-tone={tone} {...rest}>
      {children}
    </span>
  )
}
