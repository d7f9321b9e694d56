import { useState } from 'react'
import type { Seat } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { AnswerDetails } from './AnswerDetails'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  seat: Seat
  onClose: () => void
}

/** Writes down what an agency without anybody at a screen said. */
export function OralAnswerDialog({ room, act, seat, onClose }: Props) {
  const [answer, setAnswer] = useState('')
  const present = room.attendance.filter(a => a.agencyId === seat.agencyId && !a.absent && a.spans.length)
  const people = [...new Set(present.map(a => a.name))]
  const [speaker, setSpeaker] = useState(people[0] ?? '')
  const [values, setValues] = useState({ reason: '', due: '', part: '', instead: '' })
  const { submit, busy, at, rest } = useSubmit()
  const w = words.meeting
  const option = w.answers.find(a => a.value === answer)
  const error = rest('reason', 'due', 'part', 'speaker')
  const send = () =>
    void submit(() =>
      act('answer_oral', { agencyId: seat.agencyId, hash: room.frozen?.hash, answer, speaker, ...values }),
    ).then(ok => {
      if (ok) onClose()
    })
  return (
    <Dialog
      title={`${seat.name}：${w.oral}`}
      onClose={onClose}
      data-testid="oral-dialog"
      foot={
        <Button
          kind="solid"
          busy={busy}
          why={answer ? undefined : words.form.chosen(w.answerTitle)}
          onClick={send}
          data-testid="oral-send"
        >
          {w.oral}
        </Button>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <SelectField
          label={w.attendee}
          value={speaker}
          options={people.map(n => ({ value: n, label: n }))}
          onValue={setSpeaker}
          error={at('speaker')}
          required
          data-testid="oral-speaker"
        />
        <SelectField
          label={w.answerTitle}
          value={answer}
          options={[
            { value: '', label: words.form.choose },
            ...w.answers.map(a => ({ value: a.value, label: `${a.label}（${a.meaning}）` })),
          ]}
          onValue={setAnswer}
          data-testid="oral-answer"
        />
        {option ? <AnswerDetails option={option} values={values} onValues={setValues} error={at} /> : null}
      </div>
    </Dialog>
  )
}
