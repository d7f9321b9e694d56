import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { Choice } from '../intake/Choice'

interface Props {
  onReply: (body: { answer: string; reason: string; due: string }) => Promise<void>
}

/** 受領・確認中・辞退. */
export function ReferralReply({ onReply }: Props) {
  const [answer, setAnswer] = useState('')
  const [reason, setReason] = useState('')
  const [due, setDue] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.referral
  const why = !answer
    ? words.form.chosen(w.answers)
    : answer === 'decline' && !reason.trim()
      ? words.form.needed(w.reasonFor.decline ?? '')
      : answer === 'check' && !due
        ? words.form.needed(w.due)
        : undefined
  const failed = rest('reason', 'due')
  return (
    <section className="card stack-s" aria-labelledby="reply-title" data-testid="referral-reply">
      <h2 id="reply-title">{w.answer}</h2>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <Choice label={w.answers} options={w.choices} value={answer} onValue={setAnswer} required testid="reply" />
      {answer === 'check' ? (
        <DateField label={w.due} value={due} onValue={setDue} error={at('due')} required data-testid="reply-due" />
      ) : null}
      {answer ? (
        <TextArea
          label={w.reasonFor[answer]}
          value={reason}
          onValue={setReason}
          error={at('reason')}
          required={answer === 'decline'}
          data-testid="reply-reason"
        />
      ) : null}
      <div>
        <Button
          kind="solid"
          busy={busy}
          why={why}
          onClick={() => void submit(() => onReply({ answer, reason, due: answer === 'check' ? due : '' }))}
          data-testid="reply-send"
        >
          {w.reply}
        </Button>
      </div>
    </section>
  )
}
