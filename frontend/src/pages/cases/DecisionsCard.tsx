import { useState } from 'react'
import { api } from '../../api/api'
import type { DecisionLine, Decisions } from '../../api/decisions'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { DecisionItem } from './DecisionItem'

interface Props {
  caseId: string
  /** Changes when the case goes to another stage. */
  version: number
}

/** 支援決定: 起案 and 決裁. Where the municipality has no steps there is nothing to see. */
export function DecisionsCard({ caseId, version }: Props) {
  const { data, reload } = useLoad<Decisions>(`/cases/${caseId}/decisions?at=${version}`)
  const [note, setNote] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.decisions
  if (!data || (!data.steps.length && !data.decisions.length)) return null
  const now = data.decisions.filter(d => d.state === 'open' || (d.state === 'approved' && !d.past))
  const before = data.decisions.filter(d => !now.includes(d))
  const mark = async (d: DecisionLine, verdict: string, reason: string) => {
    await api.post(`/cases/${caseId}/decisions/${d.id}`, { n: d.marks.length + 1, verdict, reason })
    await reload()
  }
  const failed = rest('note')
  return (
    <section className="card stack-s no-print" aria-labelledby="decisions-title" data-testid="decisions">
      <h2 id="decisions-title">{w.title}</h2>
      {data.steps.length ? <p className="soft">{w.order(data.steps.join(' → '))}</p> : null}
      {data.decided && data.steps.length ? <Banner tone="good" title={w.ready} /> : null}
      {now.length || data.decided ? null : <p className="soft">{w.none}</p>}
      <ul className="list">
        {now.map(d => (
          <DecisionItem key={d.id} line={d} onMark={mark} />
        ))}
      </ul>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {data.mayDraft ? (
        <>
          <TextArea
            label={w.note}
            hint={w.noteHint}
            value={note}
            onValue={setNote}
            error={at('note')}
            required
            data-testid="decision-note"
          />
          <div>
            <Button
              kind="solid"
              busy={busy}
              why={note.trim() ? undefined : words.form.needed(w.note)}
              onClick={() =>
                void submit(async () => {
                  await api.post(`/cases/${caseId}/decisions`, { note })
                  setNote('')
                  await reload()
                })
              }
              data-testid="decision-draft"
            >
              {w.draft}
            </Button>
          </div>
        </>
      ) : null}
      {before.length ? (
        <details className="disclosure">
          <summary>{w.earlier(before.length)}</summary>
          <ul className="list">
            {before.map(d => (
              <DecisionItem key={d.id} line={d} onMark={mark} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}
