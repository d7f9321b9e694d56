import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLoad } from '../../app/useLoad'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Line {
  caseId: string
  caseNumber: string
  days: number
}

interface Props<L> {
  of: 'followups' | 'pauses'
  title: string
  hint?: string
  head: readonly string[]
  /** What stands between the number of the case and how late it is. */
  cells: (line: L) => ReactNode
}

/** A part of the red list with the case first and how late it is last. Without any line there is nothing to see. */
export function OverdueDays<L extends Line>({ of, title, hint, head, cells }: Props<L>) {
  const { data } = useLoad<L[]>(`/overdue?of=${of}`)
  if (!data?.length) return null
  const id = `overdue-${of}`
  return (
    <section className="stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {hint ? <p className="soft">{hint}</p> : null}
      <Table caption={words.overdue.list(data.length)} head={head} data-testid={id}>
        {data.map((l, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a case stands there once for each agency, and lines hold no state
          <tr key={`${l.caseId}/${i}`}>
            <th scope="row" className="num nowrap">
              <Link href={`/cases/${l.caseId}`}>{l.caseNumber}</Link>
            </th>
            {cells(l)}
            <td className="num nowrap">
              <Chip tone="bad">{words.overdue.days(l.days)}</Chip>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
