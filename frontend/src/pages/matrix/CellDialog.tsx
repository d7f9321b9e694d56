import { useEffect } from 'react'
import type { Column, RoleAnswer } from '../../api/plan'
import { useActor } from '../../app/useActor'
import { useText } from '../../live/useText'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { mayWrite } from '../plan/mayWrite'
import { ownOnly } from '../plan/ownOnly'
import type { PlanContext } from '../plan/PlanContext'
import type { PlanRow } from '../plan/PlanRow'
import type { AnswerBody } from './AnswerBody'
import { AnswerPanel } from './AnswerPanel'
import { CellFields } from './CellFields'

interface Props {
  plan: PlanContext
  row: PlanRow
  no: number
  column: Column
  answer: RoleAnswer | undefined
  onAnswer: (body: AnswerBody) => Promise<void>
  answerWhy: string
  /** What stood here in the plan agreed last, when it differs. */
  changed: string[] | undefined
  onClose: () => void
  /** Goes on with the same column in the next row. */
  onNext?: () => void
}

/** One cell of the matrix, to be filled in and, by its own agency, to be answered. */
export function CellDialog({ plan, row, no, column, answer, onAnswer, answerWhy, changed, onClose, onNext }: Props) {
  const actor = useActor()
  const w = words.matrix
  const action = useText(row.doc.text(`action/${row.id}/text`))
  const own = column.id === actor.agencyId
  const writable = mayWrite(row.entry) && (!ownOnly(row.entry) || own)
  const at = `cell/${row.id}/${column.id}`
  useEffect(() => {
    row.doc.presence.move(at)
    return () => {
      row.doc.presence.leave(at)
    }
  }, [row.doc, at])
  return (
    <Dialog
      title={w.cellOf(words.plan.action(no), column.name)}
      onClose={onClose}
      data-testid="cell-dialog"
      onCtrlEnter={onNext ?? onClose}
      foot={
        <>
          {onNext ? (
            <Button onClick={onNext} data-testid="cell-next">
              {w.nextCell}
            </Button>
          ) : null}
          <Button kind="solid" onClick={onClose} data-testid="cell-done">
            {words.form.close}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          <strong>{action}</strong>
        </p>
        {changed ? <p className="soft">{w.wasBefore(changed.join('、'))}</p> : null}
        {own ? <p className="soft">{w.own}</p> : null}
        {!writable && mayWrite(row.entry) ? <p className="soft">{w.notOwn}</p> : null}
        <CellFields doc={row.doc} at={at} column={column} readOnly={!writable} meetingDay={plan.meetingDay} />
        {own ? (
          <AnswerPanel
            row={row}
            column={column.id}
            action={action}
            answer={answer}
            onAnswer={onAnswer}
            why={answerWhy}
          />
        ) : null}
      </div>
    </Dialog>
  )
}
