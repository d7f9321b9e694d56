import type { ReactNode } from 'react'
import { PageState } from '../../app/PageState'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { OverdueMore } from './OverdueMore'
import { type DueLine, useOverdue } from './useOverdue'

interface Props<L> {
  part: 'tasks' | 'roles' | 'monitoring'
  title: string
  intro: ReactNode
  count: (lines: readonly L[]) => string
  looked: (looked: number, total: number) => string
  more: (rest: number) => string
  head: readonly string[]
  row: (line: L) => ReactNode
  /** What the test ids of count and table begin with. */
  name: string
}

/** A part of the red list that comes page after page: what it is, how much there is, how much was looked through, and the lines. */
export function OverdueList<L extends DueLine>(props: Props<L>) {
  const { part, title, intro, count, looked, more, head, row, name } = props
  const { data, error, reload, failed, busy, more: onMore } = useOverdue<L>(part)
  if (!data) return <PageState error={error} reload={reload} />
  const { lines } = data
  const id = `overdue-${part}`
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="soft">{intro}</p>
      <p role="status" data-testid={`${name}-count`}>
        {count(lines)}
      </p>
      {data.next ? (
        <OverdueMore
          part={part}
          looked={looked(data.looked, data.total)}
          more={more(data.total - data.looked)}
          failed={failed}
          busy={busy}
          onMore={onMore}
        />
      ) : null}
      {lines.length ? (
        <Table caption={words.overdue.list(lines.length)} head={head} data-testid={`${name}-list`}>
          {lines.map(row)}
        </Table>
      ) : null}
    </section>
  )
}
