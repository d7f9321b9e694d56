import type { ApiError } from '../../api/ApiError'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

/** An answer as it is being given. */
export interface Reply {
  answer: string
  reason: string
  due: string
}

export const noReply: Reply = { answer: '', reason: '', due: '' }

interface ReplyWords {
  answers: readonly { value: string; label: string; meaning: string }[]
  reasonFor: Record<string, string>
  dueFor: string
}

interface Props {
  value: Reply
  onValue: (value: Reply) => void
  words: ReplyWords
  at: (field: string) => ApiError['message'] | undefined
  /** What the test ids begin with. */
  name: string
}

const needsReason = (answer: string) => answer === 'conditional' || answer === 'decline'

/** What is still missing of an answer, '' nothing. */
export function replyMissing(r: Reply, w: ReplyWords): string {
  if (!r.answer) return words.form.chosen(words.matrix.answer)
  if (needsReason(r.answer) && !r.reason.trim()) return words.form.needed(w.reasonFor[r.answer] ?? '')
  return r.answer === 'takeback' && !r.due ? words.form.needed(w.dueFor) : ''
}

/** 引き受ける・条件付き・持ち帰る・断る, with what each wants beside it. */
export function ReplyChoice({ value, onValue, words: w, at, name }: Props) {
  const { answer } = value
  return (
    <>
      <div className="row">
        {w.answers.map(a => (
          <Button
            key={a.value}
            aria-pressed={answer === a.value}
            title={a.meaning}
            onClick={() => onValue({ ...value, answer: a.value })}
            data-testid={`${name}-${a.value}`}
          >
            {a.label}
          </Button>
        ))}
      </div>
      {answer ? <p className="soft">{w.answers.find(a => a.value === answer)?.meaning}</p> : null}
      {answer && answer !== 'accept' ? (
        <TextArea
          label={w.reasonFor[answer]}
          value={value.reason}
          onValue={reason => onValue({ ...value, reason })}
          error={at('reason')}
          required={needsReason(answer)}
          data-testid={`${name}-reason`}
        />
      ) : null}
      {answer === 'takeback' ? (
        <DateField
          label={w.dueFor}
          value={value.due}
          onValue={due => onValue({ ...value, due })}
          error={at('due')}
          required
          data-testid={`${name}-due`}
        />
      ) : null}
    </>
  )
}
