import type { ReactNode } from 'react'

interface Props {
  term: ReactNode
  children: ReactNode
}

/** A term and its text inside <dl className="pairs">. */
export function Pair({ term, children }: Props) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  )
}
