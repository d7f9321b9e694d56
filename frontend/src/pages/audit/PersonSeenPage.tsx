import { type FormEvent, useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Seen } from '../../api/audit'
import type { CasePage } from '../../api/cases'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { emptyFilter } from './emptyFilter'
import { FilterFields } from './FilterFields'
import { joinSeen } from './joinSeen'
import { SeenView } from './SeenView'
import { useQuestion } from './useQuestion'

interface Props {
  id: string
  person: string
}

const noOptions = { users: [], agencies: [], verbs: [] }

/** 誰が見たか, of one person of a case that one holds. */
export function PersonSeenPage({ id, person }: Props) {
  const page = useLoad<CasePage>(`/cases/${id}`)
  const [filter, setFilter] = useState(emptyFilter)
  const { answer, ask, busy, at, rest } = useQuestion<Seen>(`/cases/${id}/persons/${person}/seen`)
  const w = words.audit
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once when the page opens, then by the form
  useEffect(() => void ask(filter), [])
  if (!page.data) return <PageState error={page.error} reload={page.reload} />
  const name = page.data.persons.find(p => p.id === person)?.name ?? ''
  const failed = rest('from', 'to')
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/cases/${id}`}>{page.data.case.number}</Link>
      </p>
      <h1>{w.personTitle(name)}</h1>
      <p>{w.personHint}</p>
      <form
        className="toolbar"
        onSubmit={(e: FormEvent) => {
          e.preventDefault()
          void ask(filter)
        }}
      >
        <FilterFields value={filter} onValue={setFilter} fields={[]} options={noOptions} at={at} />
        <Button type="submit" kind="solid" busy={busy} data-testid="audit-find">
          {w.find}
        </Button>
      </form>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {answer ? (
        <SeenView seen={answer} busy={busy} onMore={() => void ask({ ...filter, after: answer.next }, joinSeen)} />
      ) : null}
    </div>
  )
}
