import { type FormEvent, useState } from 'react'
import type { AuditOptions, MonthCount } from '../../api/audit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { emptyFilter } from './emptyFilter'
import { FilterFields } from './FilterFields'
import { useQuestion } from './useQuestion'

interface Props {
  options: AuditOptions
}

/** 月別の集計: what each user opened, printed, took away, and was refused. */
export function MonthlyPanel({ options }: Props) {
  const [filter, setFilter] = useState(emptyFilter)
  const { answer, ask, busy, at, rest } = useQuestion<{ months: MonthCount[] }>('/audit/monthly')
  const w = words.audit
  const failed = rest('from', 'to')
  return (
    <div className="stack">
      <form
        className="toolbar"
        onSubmit={(e: FormEvent) => {
          e.preventDefault()
          void ask(filter)
        }}
      >
        <FilterFields value={filter} onValue={setFilter} fields={['actor', 'agency']} options={options} at={at} />
        <Button type="submit" kind="solid" busy={busy} data-testid="audit-find">
          {w.find}
        </Button>
      </form>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <p role="status" className="soft">
        {answer ? (answer.months.length ? w.count(answer.months.length, false) : w.none) : ''}
      </p>
      {answer?.months.length ? (
        <Table
          caption={w.tabs.monthly}
          head={[w.month, w.actor, w.agency, w.opened, w.printed, w.taken, w.denied]}
          data-testid="audit-months"
        >
          {answer.months.map(m => (
            <tr key={m.month + m.actorId + m.agency}>
              <th scope="row" className="nowrap">
                {showDate(`${m.month}-01`, 'wareki').replace(/\d+日$/, '')}
              </th>
              <td>{m.actor}</td>
              <td>{m.agency}</td>
              <td className="num">{m.opened}</td>
              <td className="num">{m.printed}</td>
              <td className="num">{m.taken}</td>
              <td className="num">{m.denied}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </div>
  )
}
