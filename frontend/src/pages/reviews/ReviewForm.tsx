import { useEffect, useRef, useState } from 'react'
import type { ReviewBoard, ReviewInput } from '../../api/reviews'
import { useSubmit } from '../../app/useSubmit'
import { outbox } from '../../live/outbox'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'
import { ReviewFields } from './ReviewFields'

interface Props {
  caseId: string
  board: ReviewBoard
  start: ReviewInput
  /** What was typed before and not sent. */
  before: Letter<ReviewInput> | null
  onClose: () => void
  onDone: (sent: boolean) => void
}

const FIELDS = [
  'day',
  'goals',
  'verdict',
  'nextDay',
  'personId',
  'item',
  'change',
  'voice',
  'found',
  'view',
  'changes',
  'agencyChanges',
  'endReason',
  'after',
]

/** What a letter about the reviews of a case begins with. */
export const reviewsOf = (caseId: string) => `review:${caseId}`

/** Writes a モニタリング or 評価. What is typed is kept on the device until the server has the whole. */
export function ReviewForm({ caseId, board, start, before, onClose, onDone }: Props) {
  const [input, setInput] = useState<ReviewInput>(before?.body ?? start)
  const letter = useRef(before)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.reviews
  const hold = (body: ReviewInput) => {
    letter.current ??= outbox.begin(reviewsOf(caseId), `/cases/${caseId}/reviews`, body)
    letter.current.body = body
    return letter.current
  }
  const text = (r: ReviewInput) =>
    [r.said.change, r.said.voice, r.said.found, r.said.view, r.said.after].join('\n').trim()
  const set = (part: Partial<ReviewInput>) => {
    const next = { ...input, ...part }
    setInput(next)
    outbox.keep(hold(next), text(next))
  }
  useEffect(
    () => () => {
      if (letter.current) outbox.leave(letter.current)
    },
    [],
  )
  const cancel = () => {
    if (letter.current) outbox.drop(letter.current)
    letter.current = null
    onClose()
  }
  const send = () =>
    void submit(async () => {
      const sent = await outbox.deliver(hold(input), text(input))
      letter.current = null
      onDone(sent)
    })
  const failed = rest(...FIELDS)
  return (
    <Dialog
      wide
      title={w.kinds[input.kind]}
      onClose={cancel}
      onCtrlEnter={send}
      data-testid="review-dialog"
      foot={
        <>
          <Button onClick={cancel}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={send} data-testid="review-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack-s">
        {before ? <p className="soft">{words.outreach.restored}</p> : null}
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <ReviewFields input={input} set={set} at={at} board={board} />
      </div>
    </Dialog>
  )
}
