import { useState, useSyncExternalStore } from 'react'
import type { RoleAnswer } from '../../api/plan'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { useConnection } from '../../live/useConnection'
import { useText } from '../../live/useText'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import type { PlanRow } from '../plan/PlanRow'
import type { AnswerBody } from './AnswerBody'
import { answerTone } from './answerTone'
import { cellHash } from './cellHash'
import { noReply, ReplyChoice, replyMissing } from './ReplyChoice'
import { readCell } from './readCell'

interface Props {
  row: PlanRow
  column: string
  action: string
  answer: RoleAnswer | undefined
  onAnswer: (body: AnswerBody) => Promise<void>
  why: string
}

/** 引受・条件付き・持ち帰り・辞退 for the own cell. The answer names the content it was given to. */
export function AnswerPanel({ row, column, action, answer, onAnswer, why }: Props) {
  const [reply, setReply] = useState(noReply)
  const { submit, busy, error, at } = useSubmit()
  const connection = useConnection()
  const ack = useSyncExternalStore(
    l => connection.ackChanged.on(l),
    () => connection.ackState(),
  )
  useText(row.doc.text(`cell/${row.id}/${column}/content`))
  useText(row.doc.text(`cell/${row.id}/${column}/limits`))
  const w = words.matrix
  const cell = readCell(row.doc, row.id, column)
  const hash = cellHash(action, cell)
  const isVoid = Boolean(answer && answer.cellHash !== hash)
  const active = ['lead', 'main', 'assist', 'watch'].includes(cell.code)
  const blocked = why || (active ? '' : w.noCode) || (ack.pending ? w.unsavedFirst : '') || replyMissing(reply, w)
  const send = () =>
    void submit(async () => {
      await onAnswer({
        doc: row.entry.ref.doc,
        actionId: row.id,
        answer: reply.answer,
        reason: reply.reason,
        due: reply.answer === 'takeback' ? reply.due : '',
        cellHash: hash,
      })
      setReply(r => ({ ...r, answer: '' }))
    })
  return (
    <section className="card stack-s" aria-labelledby="answer-title" data-testid="answer-panel">
      <h3 id="answer-title">{w.answerTitle}</h3>
      {answer ? (
        <p className="row">
          <Chip tone={isVoid ? 'warn' : answerTone(answer.answer)}>{w.answerLabels[answer.answer]}</Chip>
          <span className="soft">
            {answer.userName}　{showInstant(answer.at, 'short')}　{isVoid ? w.voided : answer.reason}
          </span>
        </p>
      ) : null}
      {error ? <Banner tone="bad" title={error.kind === 'conflict' ? w.changed : error.message} /> : null}
      <ReplyChoice value={reply} onValue={setReply} words={w} at={at} name="answer" />
      <div>
        <Button kind="solid" busy={busy} why={blocked || undefined} onClick={send} data-testid="answer-send">
          {w.send}
        </Button>
      </div>
    </section>
  )
}
