import { useState } from 'react'
import { Link } from 'wouter'
import type { Joining, JoiningBoard } from '../../api/joinings'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { PlanPaper } from '../cases/PlanPaper'
import { JoiningSection } from './JoiningSection'
import { WishDialog } from './WishDialog'

/** 参加支援 of a case: each with what is looked for, what fits, and what was done. */
export function JoiningPage({ id }: { id: string }) {
  const { data, error, reload } = useLoad<JoiningBoard>(`/cases/${id}/joinings`)
  const [editing, setEditing] = useState<Joining | 'new' | null>(null)
  const [said, setSaid] = useState('')
  const w = words.joinings
  if (!data) return <PageState error={error} reload={reload} />
  const changed = async () => {
    setEditing(null)
    await reload()
    setSaid(w.kept)
  }
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/cases/${id}`}>{words.cases.title}</Link>
      </p>
      <div className="between">
        <h1>{w.title}</h1>
        {data.people.length ? (
          <Button kind="solid" onClick={() => setEditing('new')} data-testid="joining-new">
            {w.begin}
          </Button>
        ) : null}
      </div>
      <p className="soft">{w.intro}</p>
      <PlanPaper caseId={id} form="joining_plan" />
      <p role="status" className="soft" data-testid="joining-said">
        {said}
      </p>
      {data.joinings.length ? null : <p>{data.people.length ? w.none : w.noneRead}</p>}
      {data.joinings.map(j => (
        <JoiningSection key={j.id} caseId={id} joining={j} onEdit={() => setEditing(j)} onChanged={changed} />
      ))}
      {editing ? (
        <WishDialog
          caseId={id}
          board={data}
          joining={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={changed}
        />
      ) : null}
    </div>
  )
}
