import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { readCell } from '../matrix/readCell'
import { mergeRows } from '../plan/mergeRows'
import type { PlanContext } from '../plan/PlanContext'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  plan: PlanContext
}

/** 主担当の引き継ぎ: offer and answer. The ◎ moves only when the other agency accepts. */
export function HandoverCard({ room, act, plan }: Props) {
  const [draft, setDraft] = useState({ row: '', to: '', stay: 'main', note: '' })
  const [reason, setReason] = useState<Record<string, string>>({})
  const { submit, busy, error } = useSubmit()
  const w = words.after
  const m = words.matrix
  const own = room.you.seat
  const offer = findAct(room, 'handover')
  const answer = findAct(room, 'handover_answer')
  const rows = mergeRows(plan.entries, 'action')
  const text = (id: string) =>
    rows
      .find(r => r.id === id)
      ?.doc.text(`action/${id}/text`)
      .toString() ?? ''
  const mine = rows.filter(r => own && readCell(r.doc, r.id, own).code === 'lead')
  const handovers = room.handovers ?? []
  const last = handovers.findLast(h => h.accepted)
  if (!handovers.length && !(offer?.allowed && mine.length)) return null
  const set = (part: Partial<typeof draft>) => setDraft(d => ({ ...d, ...part }))
  const say = (id: string, accept: boolean) =>
    void submit(async () => {
      await act('handover_answer', { id, accept, reason: reason[id] ?? '' })
      await plan.reload()
    })
  const propose = () =>
    void submit(async () => {
      const row = rows.find(r => r.id === draft.row)
      await act('handover', {
        docId: row?.entry.ref.docId,
        actionId: draft.row,
        to: draft.to,
        stay: draft.stay,
        note: draft.note,
      })
      setDraft({ row: '', to: '', stay: 'main', note: '' })
    })
  return (
    <section className="card stack-s no-print" aria-labelledby="handover-title" data-testid="handover">
      <h3 id="handover-title">{w.handoverTitle}</h3>
      <p className="soft">{w.handoverHelp}</p>
      <p className="sr-only" role="status">
        {last ? w.handoverTold(last.fromName, last.toName) : ''}
      </p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <ul className="list">
        {handovers.map(h => (
          <li key={h.id} className="stack-s">
            <div className="row">
              <span>{w.handoverLine(h.fromName, h.toName, text(h.actionId))}</span>
              <Chip tone={h.accepted ? 'good' : h.doneAt ? 'plain' : 'warn'}>
                {h.accepted ? w.handoverDone : h.doneAt ? w.handoverNot : w.handoverWaiting}
              </Chip>
              {h.note || h.reason ? (
                <span className="soft">{[h.note, h.reason].filter(Boolean).join('　')}</span>
              ) : null}
            </div>
            {!h.doneAt && answer?.allowed && own === h.to ? (
              <div className="toolbar">
                <Button kind="solid" busy={busy} onClick={() => say(h.id, true)} data-testid="handover-accept">
                  {w.handoverAccept}
                </Button>
                <TextField
                  label={w.handoverReason}
                  value={reason[h.id] ?? ''}
                  onValue={v => setReason(s => ({ ...s, [h.id]: v }))}
                />
                <Button
                  busy={busy}
                  why={reason[h.id]?.trim() ? undefined : words.form.needed(w.handoverReason)}
                  onClick={() => say(h.id, false)}
                >
                  {w.handoverDecline}
                </Button>
              </div>
            ) : null}
            {!h.doneAt && answer?.allowed && own === h.from ? (
              <Button small busy={busy} onClick={() => say(h.id, false)}>
                {w.handoverBack}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {offer?.allowed && mine.length ? (
        <details className="disclosure">
          <summary>{w.handoverDo}</summary>
          <div className="form-grid">
            <SelectField
              label={w.handoverRow}
              value={draft.row}
              onValue={row => set({ row })}
              options={[
                { value: '', label: words.form.choose },
                ...mine.map(r => ({ value: r.id, label: text(r.id) })),
              ]}
              data-testid="handover-row"
            />
            <SelectField
              label={w.handoverTo}
              value={draft.to}
              onValue={to => set({ to })}
              options={[
                { value: '', label: words.form.choose },
                ...room.seats
                  .filter(s => !s.observer && s.agencyId !== own)
                  .map(s => ({ value: s.agencyId, label: s.name })),
              ]}
              data-testid="handover-to"
            />
            <SelectField
              label={w.handoverStay}
              value={draft.stay}
              onValue={stay => set({ stay })}
              options={['main', 'assist', 'watch', 'inform', 'none'].map(c => ({
                value: c,
                label: `${m.marks[c]} ${m.labels[c]}`,
              }))}
            />
            <TextField label={w.handoverNote} value={draft.note} onValue={note => set({ note })} />
          </div>
          <Button
            kind="solid"
            busy={busy}
            why={draft.row && draft.to ? undefined : words.form.chosen(draft.row ? w.handoverTo : w.handoverRow)}
            onClick={propose}
            data-testid="handover-do"
          >
            {w.handoverDo}
          </Button>
        </details>
      ) : null}
    </section>
  )
}
