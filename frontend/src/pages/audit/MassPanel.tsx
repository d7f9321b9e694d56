import { type FormEvent, useState } from 'react'
import type { AuditOptions, Burst } from '../../api/audit'
import { showInstant } from '../../dates/showInstant'
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

/** 大量閲覧: who opened many cases in a short time. */
export function MassPanel({ options }: Props) {
  const [filter, setFilter] = useState(emptyFilter)
  const { answer, ask, busy, at, rest } = useQuestion<{ bursts: Burst[] }>('/audit/mass')
  const w = words.audit
  const failed = rest('from', 'to')
  return (
    <div className="stack">
      <p>{w.massHint(options.settings.perHour, options.settings.perDay)}</p>
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
        {answer ? (answer.bursts.length ? w.count(answer.bursts.length, false) : w.none) : ''}
      </p>
      {answer?.bursts.length ? (
        <Table
          caption={w.tabs.mass}
          head={[w.actor, w.agency, w.window, w.cases, w.first, w.last]}
          data-testid="audit-bursts"
        >
          {answer.bursts.map(b => (
            <tr key={b.actorId + b.window + b.from}>
              <th scope="row">{b.actor}</th>
              <td>{b.agency}</td>
              <td>{w.windows[b.window]}</td>
              <td className="num">{b.cases}</td>
              <td className="nowrap">{showInstant(b.from, 'short')}</td>
              <td className="nowrap">{showInstant(b.to, 'short')}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </div>
  )
}
