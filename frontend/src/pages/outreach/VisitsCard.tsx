import { useState } from 'react'
import { api } from '../../api/api'
import type { OutreachBoard, OutreachVisit } from '../../api/outreach'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { VisitForm } from './VisitForm'

interface Props {
  caseId: string
  board: OutreachBoard
  reload: () => Promise<void>
  onRecord: (visit: OutreachVisit) => void
}

/** 訪問・連絡の予定 of a case; the own ones can be done, moved, dropped. */
export function VisitsCard({ caseId, board, reload, onRecord }: Props) {
  const [form, setForm] = useState<OutreachVisit | 'new' | null>(null)
  const { submit, busy, error } = useSubmit()
  const w = words.outreach
  const when = (v: OutreachVisit) => `${showDate(v.day, 'short')} ${v.clock || w.noClock}`
  const drop = (v: OutreachVisit) =>
    void submit(async () => {
      await api.put(`/outreach/visits/${v.id}`, {
        day: v.day,
        clock: v.clock,
        mine: false,
        drop: true,
        version: v.version,
      })
      await reload()
    })
  return (
    <section className="card stack-s" aria-labelledby="visits-title">
      <div className="between">
        <h2 id="visits-title">{w.visits}</h2>
        <Button onClick={() => setForm('new')} data-testid="visit-add">
          {w.plan}
        </Button>
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {board.visits.length ? null : <p className="soft">{w.visitsNone}</p>}
      <ul className="list">
        {board.visits.map(v => (
          <li key={v.id} className="between" data-testid="visit">
            <span className="row">
              <strong>{when(v)}</strong>
              <span>{v.who}</span>
              <span className="soft">{v.worker ? w.worker(v.worker) : w.anybody}</span>
              {v.daysLate ? <Chip tone="bad">{w.late(v.daysLate)}</Chip> : null}
            </span>
            {v.mine ? (
              <span className="row">
                <Button small onClick={() => onRecord(v)} data-testid="visit-write">
                  {w.write}
                </Button>
                <Button small onClick={() => setForm(v)} aria-label={w.changeOf(when(v))}>
                  {w.change}
                </Button>
                <Button
                  small
                  busy={busy}
                  onClick={() => drop(v)}
                  aria-label={w.dropOf(when(v))}
                  data-testid="visit-drop"
                >
                  {w.dropVisit}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {form ? (
        <VisitForm
          caseId={caseId}
          visit={form === 'new' ? null : form}
          people={board.people}
          onClose={() => setForm(null)}
          onSaved={reload}
        />
      ) : null}
    </section>
  )
}
