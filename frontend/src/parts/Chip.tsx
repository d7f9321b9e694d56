import { Children, type ReactNode } from 'react'

interface Props {
  tone?: 'plain' | 'good' | 'warn' | 'bad' | 'key' | 'support' | 'layered'
  children: ReactNode
  title?: string | undefined
  'data-testid'?: string
}

const LONG = 30

/** What somebody has written, a name for instance, can be longer than a line: then it is broken. */
function isLong(children: ReactNode): '' | undefined {
  const letters = Children.toArray(children).reduce<number>((n, c) => n + (typeof c === 'string' ? c.length : 0), 0)
  return letters > LONG ? '' : undefined
}

/** A short label; the words carry the meaning, the colour only helps. */
export function Chip({ tone = 'plain', children, ...rest }: Props) {
  return (
    <span className="chip" data-tone={tone} data-long={isLong(children)} {...rest}>
      {children}
    </span>
  )
}
