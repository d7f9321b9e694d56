import { type ReactNode, useRef } from 'react'
import { useScrollStop } from './useScrollStop'

interface Props {
  caption: ReactNode
  head: readonly ReactNode[]
  children: ReactNode
  'data-testid'?: string
}

/** A plain table with a caption and column heads; rows are <tr> by the caller. */
export function Table({ caption, head, children, ...rest }: Props) {
  const wrap = useRef<HTMLElement>(null)
  useScrollStop(wrap)
  return (
    // A wide table scrolls by itself; the region can be focused for that.
    <section ref={wrap} className="table-wrap" aria-label={typeof caption === 'string' ? caption : undefined}>
      <table className="table" {...rest}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((h, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the heads of a table never move
              <th key={i} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
