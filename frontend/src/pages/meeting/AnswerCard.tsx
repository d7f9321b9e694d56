import { useState } from 'react'
import type { Spot } from '../../api/after'
import type { AnswerKind } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { AnswerDetails } from './AnswerDetails'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'
import { SpotField } from './SpotField'

/** The own agency's answer to the frozen plan: each option with its meaning and the question that goes with it. */
export function AnswerCard({ room, act }: RoomProps) {
  const [choice, setChoice] = useState<AnswerKind | ''>('')
  const [changing, setChanging] = useState(false)
  const [spot, setSpot] = useState<Spot | null>(null)
  const [values, setValues] = useState({ reason: '', due: '', part: '', instead: '' })
  const { submit, busy, error, at } = useSubmit()
  const w = words.meeting
  const mine = findAct(room, 'answer')
  if (!mine || !room.frozen || !room.you.seat) return null
  const given = room.answers.own
  const option = w.answers.find(a => a.value === choice)
  const missing =
    (choice ? '' : words.form.chosen(w.answerTitle)) ||
    (choice === 'takeback' && !values.due ? words.form.needed(w.answerDue) : '') ||
    (choice && ['conditional', 'takeback', 'object'].includes(choice) && !values.reason.trim()
      ? words.form.needed(option?.prompt ?? '')
      : '')
  const send = () =>
    void submit(async () => {
      await act('answer', {
        hash: room.frozen?.hash,
        answer: choice,
        ...values,
        ...(choice === 'object' && spot ? { spot } : {}),
      })
      setChanging(false)
      setChoice('')
    })
  return (
    <section className="card stack-s answer-card" aria-labelledby="seat-answer-title" data-testid="answer-card">
      <h2 id="seat-answer-title">{w.answerTitle}</h2>
      {given && !changing ? (
        <div className="row">
          <Chip
            tone={
              given.answer === 'object'
                ? 'bad'
                : given.answer === 'agree' || given.answer === 'abstain'
                  ? 'good'
                  : 'warn'
            }
            data-testid="my-answer"
          >
            {w.answerMine(w.answers.find(a => a.value === given.answer)?.label ?? given.answer)}
          </Chip>
          <span>{given.reason}</span>
          <Button
            small
            onClick={() => setChanging(true)}
            why={mine.allowed ? undefined : mine.why}
            data-testid="answer-change"
          >
            {w.answerChange}
          </Button>
        </div>
      ) : (
        <>
          <p>{w.answerAsk(room.frozen.version)}</p>
          <p className="soft">{w.answerHidden}</p>
          {mine.allowed ? null : <Banner tone="warn" title={mine.why ?? ''} />}
          {error ? <Banner tone="bad" title={error.message} /> : null}
          <div className="answer-options">
            {w.answers.map(a => (
              <button
                key={a.value}
                type="button"
                className="answer-option"
                aria-pressed={choice === a.value}
                onClick={() => setChoice(a.value as AnswerKind)}
                data-testid={`seat-answer-${a.value}`}
              >
                <span className="answer-icon" aria-hidden="true">
                  {a.icon}
                </span>
                <strong>{a.label}</strong>
                <span>{a.meaning}</span>
              </button>
            ))}
          </div>
          {option ? <AnswerDetails option={option} values={values} onValues={setValues} error={at} /> : null}
          {choice === 'object' ? (
            <SpotField
              planId={room.planId}
              meetingId={room.meeting.id}
              value={spot}
              onValue={(s, label) => {
                setSpot(s)
                setValues(v => ({ ...v, part: v.part || label.slice(0, 300) }))
              }}
            />
          ) : null}
          <div>
            <Button
              kind="solid"
              busy={busy}
              why={mine.allowed ? missing || undefined : mine.why}
              onClick={send}
              data-testid="seat-answer-send"
            >
              {w.answerSend}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
