import { useState } from 'react'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import { useSubmit } from '../../app/useSubmit'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { StageDialog } from './StageDialog'

interface Props {
  data: CasePage
  onChanged: () => Promise<void>
}

/** Moves the case to another stage; only the stages it may go to now are offered. 中断 and 終結 ask for more. */
export function StageField({ data, onChanged }: Props) {
  const [stage, setStage] = useState('')
  const [asking, setAsking] = useState(false)
  const { submit, busy, error, fail } = useSubmit()
  const w = words.cases
  const next = data.case.next ?? []
  if (!data.abilities.edit || !next.length) return null
  const choose = (to: string) => {
    setStage(to)
    setAsking(false)
    fail(null)
  }
  const done = async () => {
    choose('')
    await onChanged()
  }
  const move = () =>
    void submit(async () => {
      await api.put(`/cases/${data.case.id}/stage`, { stage, version: data.case.version })
      await done()
    })
  const asks = stage === 'suspended' || stage === 'closed' ? stage : null
  return (
    <span className="row">
      <select
        className="input stage-select"
        aria-label={w.moveStage}
        value={stage}
        onChange={e => choose(e.currentTarget.value)}
        data-testid="stage"
      >
        <option value="">{w.moveStage}</option>
        {next.map(s => (
          <option key={s} value={s}>
            {s === data.case.stage ? words.course.extend : (w.stages[s] ?? s)}
          </option>
        ))}
      </select>
      {error ? (
        <span className="field-error" role="alert">
          {error.message}
        </span>
      ) : null}
      {stage ? (
        // 中断 and 終結 ask for more, but not before the button: by keyboard one passes them on the way to another stage
        <Button small busy={busy} onClick={asks ? () => setAsking(true) : move} data-testid="stage-save">
          {words.form.save}
        </Button>
      ) : null}
      {asks && asking ? <StageDialog data={data} to={asks} onClose={() => choose('')} onDone={done} /> : null}
    </span>
  )
}
