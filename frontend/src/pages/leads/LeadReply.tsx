import { useId, useState } from 'react'
import type { LeadOffer } from '../../api/leads'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { noReply, ReplyChoice, replyMissing } from '../matrix/ReplyChoice'

interface Props {
  offer: LeadOffer
  onReply: (offer: string, body: { answer: string; reason: string; due: string }) => Promise<void>
}

/** The own agency was asked: 引き受ける・条件付き・持ち帰る・断る. */
export function LeadReply({ offer, onReply }: Props) {
  const [reply, setReply] = useState(noReply)
  const { submit, busy, at, rest } = useSubmit()
  const id = useId()
  const w = words.leads
  const failed = rest('reason', 'due')
  return (
    <div className="stack-s" role="group" aria-labelledby={id} data-testid="lead-reply">
      <p id={id}>
        <strong>{w.answerTitle(offer.kindLabel)}</strong>
      </p>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <ReplyChoice value={reply} onValue={setReply} words={w} at={at} name="lead" />
      <div>
        <Button
          kind="solid"
          busy={busy}
          why={replyMissing(reply, w) || undefined}
          onClick={() =>
            void submit(() =>
              onReply(offer.id, {
                answer: reply.answer,
                reason: reply.answer === 'accept' ? '' : reply.reason,
                due: reply.answer === 'takeback' ? reply.due : '',
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
