import type { ReviewBoard, ReviewInput, Said } from '../../api/reviews'
import { useCodes } from '../../app/useCodes'
import { showDate } from '../../dates/showDate'
import { CheckList } from '../../parts/CheckList'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  input: ReviewInput
  set: (part: Partial<ReviewInput>) => void
  at: (field: string) => string | undefined
  board: ReviewBoard
}

const options = (list: readonly { code: string; label: string }[]) => list.map(c => ({ value: c.code, label: c.label }))

/** The fields of a モニタリング, and the further ones of an 評価. */
export function ReviewFields({ input, set, at, board }: Props) {
  const evaluation = input.kind === 'evaluation'
  const marks = useCodes(evaluation ? 'goal_result' : 'progress')
  const verdicts = useCodes(evaluation ? 'evaluation' : 'monitor_verdict')
  const classes = useCodes('item').filter(c => board.items.includes(c.code))
  const changes = useCodes('change')
  const agencyChanges = useCodes('agency_change')
  const reasons = useCodes('end_reason')
  const w = words.reviews
  const choose = { value: '', label: words.form.choose }
  const say = (part: Partial<Said>) => set({ said: { ...input.said, ...part } })
  const mark = (goal: string, code: string) => {
    const others = input.goals.filter(g => g.goal !== goal)
    set({ goals: code ? [...others, { goal, code }] : others })
  }
  const memo = (key: 'change' | 'voice' | 'found' | 'view' | 'after', label: string) => (
    <TextArea
      label={label}
      value={input.said[key]}
      onValue={v => say({ [key]: v })}
      error={at(key)}
      data-testid={`review-${key}`}
    />
  )
  return (
    <>
      <div className="form-grid">
        <DateField
          label={evaluation ? w.evaluationDay : w.day}
          value={input.day}
          onValue={day => set({ day })}
          error={at('day')}
          required
        />
        <SelectField
          label={evaluation ? w.outcome : w.verdict}
          value={input.verdict}
          options={[choose, ...options(verdicts)]}
          onValue={verdict => set({ verdict })}
          error={at('verdict')}
          required
          data-testid="review-verdict"
        />
        <DateField
          label={w.next}
          value={input.nextDay}
          onValue={nextDay => set({ nextDay })}
          error={at('nextDay')}
          required={input.verdict === 'continue'}
          data-testid="review-next"
        />
      </div>
      <Group label={evaluation ? w.goalResults : w.goals} error={at('goals')} required={evaluation}>
        {board.goals.length ? null : <p className="soft">{w.noGoals}</p>}
        <div className="form-grid">
          {board.goals.map(g => (
            <SelectField
              key={g.id}
              label={`${w.goalKinds[g.kind] ?? ''} ${g.text}`.trim()}
              hint={g.due ? showDate(g.due, 'wareki') : undefined}
              value={input.goals.find(m => m.goal === g.id)?.code ?? ''}
              options={[choose, ...options(marks)]}
              onValue={code => mark(g.id, code)}
              data-testid={`goal-${g.id}`}
            />
          ))}
        </div>
      </Group>
      <div className="form-grid">
        <SelectField
          label={w.who}
          value={input.personId}
          options={board.people.map(p => ({ value: p.id, label: p.label }))}
          onValue={personId => set({ personId })}
          error={at('personId')}
        />
        <SelectField
          label={w.item}
          hint={w.itemHint}
          value={input.item}
          options={options(classes)}
          onValue={item => set({ item })}
          error={at('item')}
        />
      </div>
      {evaluation ? (
        <CheckList
          label={w.changes}
          options={options(changes)}
          value={input.said.changes}
          onValue={list => say({ changes: list })}
          error={at('changes')}
        />
      ) : null}
      {memo('change', w.change)}
      {memo('voice', w.voice)}
      {memo('found', evaluation ? w.left : w.found)}
      {evaluation ? (
        <>
          <CheckList
            label={w.agencyChanges}
            options={options(agencyChanges)}
            value={input.said.agencyChanges}
            onValue={list => say({ agencyChanges: list })}
            error={at('agencyChanges')}
          />
          {memo('view', w.view)}
          {input.verdict === 'close' || input.said.endReason ? (
            <>
              <SelectField
                label={w.endReason}
                value={input.said.endReason}
                options={[choose, ...options(reasons)]}
                onValue={endReason => say({ endReason })}
                error={at('endReason')}
                required
                data-testid="review-end"
              />
              {memo('after', w.after)}
            </>
          ) : null}
        </>
      ) : null}
    </>
  )
}
