import { type FormEvent, useEffect, useState } from 'react'
import type { AuditFilter, AuditLines, AuditOptions } from '../../api/audit'
import { takeFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { emptyFilter } from './emptyFilter'
import { FilterFields } from './FilterFields'
import { LineTable } from './LineTable'
import { More } from './More'
import { useQuestion } from './useQuestion'

interface Props {
  path: '/audit/entries' | '/audit/hours'
  caption: string
  hint?: string
  fields: readonly (keyof AuditFilter)[]
  options: AuditOptions
}

/** A list of entries with its filter; the list of everything can be taken as a file. */
export function EntriesPanel({ path, caption, hint, fields, options }: Props) {
  const [filter, setFilter] = useState(emptyFilter)
  const { answer, ask, busy, at, rest } = useQuestion<AuditLines>(path)
  const file = useSubmit()
  const [notice, setNotice] = useState('')
  const w = words.audit
  const whole = path === '/audit/entries'
  // Only the first tab asks by itself: whoever goes along the tabs by the arrow keys asks nothing on the way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once when the page opens, then by the form
  useEffect(() => {
    if (whole) void ask(filter)
  }, [])
  const find = (e: FormEvent) => {
    e.preventDefault()
    setNotice('')
    void ask(filter)
  }
  const narrow = (session: string) => {
    const next = { ...filter, session }
    setFilter(next)
    void ask(next)
  }
  const take = () =>
    void file.submit(async () => {
      await takeFile('/audit/export', filter, w.csvName)
      setNotice(w.csvDone)
    })
  const lines = answer?.lines ?? []
  const failed = rest('from', 'to', 'case', 'ip') ?? file.error?.message
  return (
    <div className="stack">
      {hint ? <p>{hint}</p> : null}
      <form className="toolbar" onSubmit={find} data-testid="audit-form">
        <FilterFields value={filter} onValue={setFilter} fields={fields} options={options} at={at} />
        <Button type="submit" kind="solid" busy={busy} data-testid="audit-find">
          {w.find}
        </Button>
        {whole ? (
          <Button busy={file.busy} onClick={take} data-testid="audit-csv">
            {w.csv}
          </Button>
        ) : null}
      </form>
      {filter.session ? (
        <div className="row">
          <span>{w.sessionOnly}</span>
          <span className="mono soft">{filter.session}</span>
          <Button small onClick={() => narrow('')}>
            {w.sessionAll}
          </Button>
        </div>
      ) : null}
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <p role="status" className="soft" data-testid="audit-count">
        {notice ||
          (answer && (lines.length || !answer.next)
            ? lines.length
              ? w.count(lines.length, Boolean(answer.next))
              : w.none
            : '')}
      </p>
      {lines.length ? <LineTable caption={caption} lines={lines} {...(whole ? { onSession: narrow } : {})} /> : null}
      <More
        shown={lines.length}
        next={answer?.next ?? ''}
        busy={busy}
        onMore={() =>
          void ask({ ...filter, after: answer?.next }, (a, b) => ({ lines: [...a.lines, ...b.lines], next: b.next }))
        }
      />
    </div>
  )
}
