import { useState, useSyncExternalStore } from 'react'
import type { RoleAnswer } from '../../api/plan'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { useConnection } from '../../live/useConnection'
import { useText } from '../../live/useText'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import type { PlanRow } from '../plan/PlanRow'
import type { AnswerBody } from './AnswerBody'
import { answerTone } from './answerTone'
import { cellHash } from './cellHash'
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
  const [choice, setChoice] = useState('')
  const [reason, setReason] = useState('')
  const [due, setDue] = useState('')
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
  const needReason = choice === 'conditional' || choice === 'decline'
  const blocked =
    why ||
    (active ? '' : w.noCode) ||
    (ack.pending ? w.unsavedFirst : '') ||
    (choice ? '' : words.form.chosen(w.answer)) ||
    (needReason && !reason.trim() ? words.form.needed(w.reasonFor[choice] ?? '') : '') ||
    (choice === 'takeback' && !due ? words.form.needed(w.dueFor) : '')
  const send = () =>
    void submit(async () => {
      await onAnswer({
        doc: row.entry.ref.doc,
        actionId: row.id,
        answer: choice,
        reason,
        due: choice === 'takeback' ? due : '',
        cellHash: hash,
      })
      setChoice('')
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
      <div className="row">
        {w.answers.map(a => (
          <Button
            key={a.value}
            aria-pressed={choice === a.value}
            title={a.meaning}
            onClick={() => setChoice(a.value)}
            data-testid={`answer-${a.value}`}
          >
            {a.label}
          </Button>
        ))}
      </div>
      {choice ? <p className="soft">{w.answers.find(a => a.value === choice)?.meaning}</p> : null}
      {choice && choice !== 'accept' ? (
        <TextArea
          label={w.reasonFor[choice]}
          value={reason}
          onValue={setReason}
          error={at('reason')}
          required={needReason}
          data-testid="answer-reason"
        />
      ) : null}
      {choice === 'takeback' ? (
        <DateField label={w.dueFor} value={due} onValue={setDue} error={at('due')} required data-testid="answer-due" />
      ) : null}
      <div>
        <Button kind="solid" busy={busy} why={blocked || undefined} onClick={send} data-testid="answer-send">
          {w.send}
        </Button>
      </div>
    </section>
  )
}
