import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { EntryInput, OutreachBoard } from '../../api/outreach'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { outbox } from '../../live/outbox'
import { Button } from '../../parts/Button'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'
import { PlanPaper } from '../cases/PlanPaper'
import './outreach.css'
import { anew } from './DayEntry'
import { EntryForm } from './EntryForm'
import { EntryItem } from './EntryItem'
import { RelationLine } from './RelationLine'
import { SafetyBox } from './SafetyBox'
import { SafetyForm } from './SafetyForm'
import { correctionOf, newEntry, type TypedEntry } from './typedEntry'
import { Unsent } from './Unsent'
import { useOutreachCodes } from './useOutreachCodes'
import { VisitsCard } from './VisitsCard'

interface Props {
  id: string
}

/** アウトリーチ of one case: 安全上の留意 first, then how near one has come, what is planned, and what was tried. */
export function OutreachPage({ id }: Props) {
  const { data, error, reload } = useLoad<OutreachBoard>(`/cases/${id}/outreach`)
  const [form, setForm] = useState<{ start: TypedEntry; before?: Letter<EntryInput> | null } | null>(null)
  const codes = useOutreachCodes()
  const [warn, setWarn] = useState(false)
  const [said, setSaid] = useState('')
  const w = words.outreach
  // What was typed here before and not sent is opened again.
  useEffect(() => {
    let gone = false
    void outbox.open<EntryInput>(id).then(before => {
      if (!before) return
      if (gone) outbox.leave(before)
      else setForm({ start: newEntry(''), before })
    })
    return () => {
      gone = true
    }
  }, [id])
  useEffect(() => outbox.sent.on(l => void (l.about === id && reload())), [id, reload])
  if (!data) return <PageState error={error} reload={reload} />
  const first = data.people[1]?.id ?? ''
  const fix = (l: Letter<EntryInput>) => setForm({ start: newEntry(''), before: anew(l) })
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/cases/${id}`}>{w.crumb}</Link>
      </p>
      <div className="between">
        <h1>
          {data.caseNumber}　{w.title}
        </h1>
        <span className="row">
          <Button kind="solid" onClick={() => setForm({ start: newEntry(first) })} data-testid="entry-add">
            {w.add}
          </Button>
          <Button onClick={() => setForm({ start: newEntry(first, '', 'course') })} data-testid="course-add">
            {w.courseAdd}
          </Button>
        </span>
      </div>
      <p role="status" data-testid="outreach-said">
        {said}
      </p>
      <Unsent about={id} to="/outreach" onFix={fix} />
      <section className="card stack-s" aria-labelledby="safety-title">
        <div className="between">
          <h2 id="safety-title" className="no-print">
            {w.safety}
          </h2>
          {data.mayWarn ? (
            <Button onClick={() => setWarn(true)} data-testid="safety-edit">
              {w.safetyEdit}
            </Button>
          ) : null}
        </div>
        <SafetyBox safety={data.safety} />
        <p className="print-only">{w.safetyOnScreen}</p>
      </section>
      <section className="card stack-s" aria-labelledby="relation-title">
        <h2 id="relation-title">{w.relation}</h2>
        <RelationLine steps={data.steps} />
        {data.steps.at(-1)?.relation === 'consent' ? (
          <p>
            {w.consented} <Link href={`/cases/${id}/consents`}>{words.consent.desk}</Link>
          </p>
        ) : null}
      </section>
      <PlanPaper caseId={id} form="outreach_plan" />
      <VisitsCard
        caseId={id}
        board={data}
        reload={reload}
        onRecord={v => setForm({ start: newEntry(v.personId, v.id) })}
      />
      <section className="card stack-s" aria-labelledby="entries-title">
        <h2 id="entries-title">{w.entries}</h2>
        <p className="soft no-print">{w.lead}</p>
        {data.hidden ? <p className="soft">{w.hidden(data.hidden)}</p> : null}
        {data.entries.length ? null : <p>{w.entriesNone}</p>}
        <ul className="list">
          {data.entries.map(l => (
            <EntryItem key={l.id} line={l} onCorrect={x => setForm({ start: correctionOf(x) })} />
          ))}
        </ul>
      </section>
      {form ? (
        <EntryForm
          about={id}
          caseId={id}
          start={form.start}
          before={form.before ?? null}
          people={data.people}
          items={data.items}
          codes={codes}
          visits={data.visits.filter(v => v.mine)}
          onClose={() => setForm(null)}
          onDone={sent => {
            setForm(null)
            setSaid(sent ? w.sent : w.waits)
          }}
        />
      ) : null}
      {warn ? <SafetyForm caseId={id} safety={data.safety} onClose={() => setWarn(false)} onSaved={reload} /> : null}
    </div>
  )
}
