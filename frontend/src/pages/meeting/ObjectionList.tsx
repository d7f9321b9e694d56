import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 異議: they stay with their text, whatever happens to the version. */
export function ObjectionList({ room, act }: RoomProps) {
  const [reason, setReason] = useState<Record<string, string>>({})
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  const may = findAct(room, 'objection_close')
  return (
    <section className="card stack-s" aria-labelledby="objections-title" data-testid="objections">
      <h2 id="objections-title">{w.objections}</h2>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <ul className="list">
        {(room.objections ?? []).map(o => (
          <li key={o.id} className="stack-s">
            <div className="row">
              <strong>{o.agencyName}</strong>
              <span>{o.reason}</span>
              {o.doneAt ? <Chip tone="good">{w.objectionDone}</Chip> : null}
            </div>
            {o.part || o.instead ? (
              <p className="soft">
                {o.part ? `${w.part}：${o.part}　` : ''}
                {o.instead ? `${w.instead}：${o.instead}` : ''}
              </p>
            ) : null}
            {!o.doneAt && may?.allowed ? (
              <div className="toolbar">
                <TextField
                  label={w.decideReason}
                  value={reason[o.id] ?? ''}
                  onValue={v => setReason(s => ({ ...s, [o.id]: v }))}
                />
                <Button
                  busy={busy}
                  onClick={() => void submit(() => act('objection_close', { id: o.id, reason: reason[o.id] ?? '' }))}
                >
                  {w.objectionClose}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
