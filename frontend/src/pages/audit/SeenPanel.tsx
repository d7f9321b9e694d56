import { type FormEvent, useState } from 'react'
import type { AuditOptions, Seen } from '../../api/audit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { emptyFilter } from './emptyFilter'
import { FilterFields } from './FilterFields'
import { joinSeen } from './joinSeen'
import { SeenView } from './SeenView'
import { useQuestion } from './useQuestion'

interface Props {
  options: AuditOptions
}

/** 誰が見たか, by the number of a case. */
export function SeenPanel({ options }: Props) {
  const [filter, setFilter] = useState(emptyFilter)
  const { answer, ask, busy, at, rest } = useQuestion<Seen>('/audit/seen')
  const w = words.audit
  const failed = rest('from', 'to', 'case')
  return (
    <div className="stack">
      <p>{w.seenHint}</p>
      <form
        className="toolbar"
        onSubmit={(e: FormEvent) => {
          e.preventDefault()
          void ask(filter)
        }}
      >
        <FilterFields value={filter} onValue={setFilter} fields={['case']} options={options} at={at} />
        <Button type="submit" kind="solid" busy={busy} data-testid="audit-find">
          {w.find}
        </Button>
      </form>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {answer ? (
        <section aria-label={w.seenTitle(answer.caseNumber)} className="stack">
          <h2>{w.seenTitle(answer.caseNumber)}</h2>
          <SeenView seen={answer} busy={busy} onMore={() => void ask({ ...filter, after: answer.next }, joinSeen)} />
        </section>
      ) : null}
    </div>
  )
}
