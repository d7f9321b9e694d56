import { useState } from 'react'
import type { PlanWarning } from '../../api/plan'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  warnings: readonly PlanWarning[]
  reload: () => Promise<void>
}

/** Rows that would stop 閉会: the desk may state why they go on as they are. */
export function RowReasons({ room, act, warnings, reload }: Props) {
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const { submit, busy, error } = useSubmit()
  const may = findAct(room, 'row_reason')
  const list = warnings.filter(x => x.blocking && x.actionId)
  const w = words.meeting
  if (!may?.allowed || !list.length) return null
  return (
    <section className="card stack-s no-print" aria-labelledby="row-reasons" data-testid="row-reasons">
      <h3 id="row-reasons">{w.rowReasons}</h3>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {list.map(x => {
        const id = x.actionId ?? ''
        return (
          <div key={x.code + id} className="toolbar">
            <span className="grow">{x.message}</span>
            <TextField
              label={w.decideReason}
              value={reasons[id] ?? ''}
              onValue={v => setReasons(s => ({ ...s, [id]: v }))}
              data-testid={`row-reason-${id}`}
            />
            <Button
              busy={busy}
              why={reasons[id]?.trim() ? undefined : words.form.needed(w.decideReason)}
              onClick={() =>
                void submit(async () => {
                  await act('row_reason', { actionId: id, reason: reasons[id] })
                  await reload()
                })
              }
              data-testid={`row-reason-do-${id}`}
            >
              {w.rowReasonDo}
            </Button>
          </div>
        )
      })}
    </section>
  )
}
