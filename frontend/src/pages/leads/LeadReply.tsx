import { useId, useState } from 'react'
import type { LeadOffer } from '../../api/leads'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  offer: LeadOffer
  onReply: (offer: string, body: { answer: string; reason: string; due: string }) => Promise<void>
}

/** The own agency was asked: 引き受ける・条件付き・持ち帰る・断る. */
export function LeadReply({ offer, onReply }: Props) {
  const [choice, setChoice] = useState('')
  const [reason, setReason] = useState('')
  const [due, setDue] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const id = useId()
  const w = words.leads
  const needed = choice === 'conditional' || choice === 'decline'
  const why = !choice
    ? words.form.chosen(words.matrix.answer)
    : needed && !reason.trim()
      ? words.form.needed(w.reasonFor[choice] ?? '')
      : choice === 'takeback' && !due
        ? words.form.needed(w.dueFor)
        : undefined
  const failed = rest('reason', 'due')
  return (
    <div className="stack-s" role="group" aria-labelledby={id} data-testid="lead-reply">
      <p id={id}>
        <strong>{w.answerTitle(offer.kindLabel)}</strong>
      </p>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <div className="row">
        {w.answers.map(a => (
          <Button
            key={a.value}
            aria-pressed={choice === a.value}
            title={a.meaning}
            onClick={() => setChoice(a.value)}
            data-testid={`lead-${a.value}`}
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
          required={needed}
          data-testid="lead-reason"
        />
      ) : null}
      {choice === 'takeback' ? (
        <DateField label={w.dueFor} value={due} onValue={setDue} error={at('due')} required data-testid="lead-due" />
      ) : null}
      <div>
        <Button
          kind="solid"
          busy={busy}
          why={why}
          onClick={() =>
            void submit(() =>
              onReply(offer.id, {
                answer: choice,
                reason: choice === 'accept' ? '' : reason,
                due: choice === 'takeback' ? due : '',
              }),
            )
          }
          data-testid="lead-send"
        >
          {w.reply}
        </Button>
      </div>
    </div>
  )
}
