import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Values {
  reason: string
  due: string
  part: string
  instead: string
}

interface Props {
  option: { value: string; label: string; prompt: string }
  values: Values
  onValues: (values: Values) => void
  error: (field: string) => string | undefined
}

/** The question that goes with an option, and the fields it needs. */
export function AnswerDetails({ option, values, onValues, error }: Props) {
  const w = words.meeting
  const set = (part: Partial<Values>) => onValues({ ...values, ...part })
  const needs = ['conditional', 'takeback', 'object'].includes(option.value)
  return (
    <div className="stack-s">
      <TextArea
        label={option.prompt || words.form.optional}
        value={values.reason}
        onValue={reason => set({ reason })}
        error={error('reason')}
        required={needs}
        rows={2}
        data-testid="seat-reason"
      />
      {option.value === 'object' ? (
        <div className="two">
          <TextArea
            label={w.part}
            value={values.part}
            onValue={part => set({ part })}
            error={error('part')}
            rows={2}
            data-testid="seat-part"
          />
          <TextArea
            label={w.instead}
            value={values.instead}
            onValue={instead => set({ instead })}
            rows={2}
            data-testid="seat-instead"
          />
        </div>
      ) : null}
      {option.value === 'takeback' ? (
        <DateField
          label={w.answerDue}
          value={values.due}
          onValue={due => set({ due })}
          error={error('due')}
          required
          data-testid="seat-due"
        />
      ) : null}
    </div>
  )
}
