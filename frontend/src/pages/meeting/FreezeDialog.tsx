import { useState } from 'react'
import type { PlanWarning } from '../../api/plan'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { RoomProps } from './RoomProps'

interface Props {
  act: RoomProps['act']
  label: string
  /** Rows without exactly one ◎. */
  rows: readonly PlanWarning[]
  onClose: () => void
}

/**
 * What the plan still lacks is said before it is put to the agencies: afterwards a ◎ is given only by taking the plan back. The reason why
 * a row goes on without one is recorded here.
 */
export function FreezeDialog({ act, label, rows, onClose }: Props) {
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const { submit, busy, error } = useSubmit()
  const w = words.prepare
  const given = (x: PlanWarning) => (reasons[x.actionId ?? ''] ?? '').trim()
  const all = rows.every(given)
  const send = () =>
    void submit(async () => {
      for (const x of rows) if (given(x)) await act('row_reason', { actionId: x.actionId, reason: given(x) })
      await act('freeze')
    }).then(ok => {
      if (ok) onClose()
    })
  return (
    <Dialog
      title={label}
      wide
      onClose={onClose}
      onCtrlEnter={send}
      data-testid="freeze-dialog"
      foot={
        <>
          <Button onClick={onClose}>{w.freezeBack}</Button>
          <Button kind={all ? 'solid' : 'outline'} busy={busy} onClick={send} data-testid="freeze-do">
            {all ? w.freezeWith : w.freezeWithout}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{w.freezeText}</p>
        {error ? <Banner tone="bad" title={error.message} data-testid="freeze-error" /> : null}
        <ul className="list">
          {rows.map(x => (
            <li key={x.code + x.actionId} className="stack-s">
              <p>{x.message}</p>
              <TextField
                label={w.freezeReason}
                value={reasons[x.actionId ?? ''] ?? ''}
                onValue={v => setReasons(s => ({ ...s, [x.actionId ?? '']: v }))}
                data-testid={`freeze-reason-${x.actionId}`}
              />
            </li>
          ))}
        </ul>
        {all ? null : <p className="soft">{w.freezeLater}</p>}
      </div>
    </Dialog>
  )
}

/** Rows of the plan that have no ◎ or two, and no reason why. */
export function rowsWithoutLead(warnings: readonly PlanWarning[]): PlanWarning[] {
  return warnings.filter(x => x.blocking && x.actionId && ['no_lead', 'two_leads'].includes(x.code))
}
