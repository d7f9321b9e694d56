import { type FormEvent, useState } from 'react'
import type { AuditLine, AuditOptions } from '../../api/audit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { emptyFilter } from './emptyFilter'
import { FilterFields } from './FilterFields'
import { LineTable } from './LineTable'
import { useQuestion } from './useQuestion'

interface Props {
  options: AuditOptions
}

/** 検索した人: who searched for a name, though the log does not hold it. */
export function SearchesPanel({ options }: Props) {
  const [filter, setFilter] = useState(emptyFilter)
  const [q, setQ] = useState('')
  const { answer, ask, busy, at, rest } = useQuestion<{ hits: AuditLine[] }>('/audit/searches')
  const w = words.audit
  const failed = rest('from', 'to', 'q')
  return (
    <div className="stack">
      <p>{w.searchesHint}</p>
      <form
        className="toolbar"
        onSubmit={(e: FormEvent) => {
          e.preventDefault()
          void ask({ q, from: filter.from, to: filter.to })
        }}
      >
        <TextField
          label={w.name}
          value={q}
          onValue={setQ}
          error={at('q')}
          required
          autoComplete="off"
          data-testid="audit-name"
        />
        <FilterFields value={filter} onValue={setFilter} fields={[]} options={options} at={at} />
        <Button type="submit" kind="solid" busy={busy} data-testid="audit-find">
          {w.find}
        </Button>
      </form>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <p role="status" className="soft" data-testid="audit-count">
        {answer ? (answer.hits.length ? w.count(answer.hits.length, false) : w.none) : ''}
      </p>
      {answer?.hits.length ? <LineTable caption={w.tabs.searches} lines={answer.hits} /> : null}
    </div>
  )
}
