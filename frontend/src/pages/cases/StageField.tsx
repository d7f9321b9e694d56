import { useState } from 'react'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import { useSubmit } from '../../app/useSubmit'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  data: CasePage
  onChanged: () => Promise<void>
}

/** Moves the case to another stage; only the stages it may go to now are offered. */
export function StageField({ data, onChanged }: Props) {
  const [stage, setStage] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.cases
  const next = data.case.next ?? []
  if (!data.abilities.edit || !next.length) return null
  const move = () =>
    void submit(async () => {
      await api.put(`/cases/${data.case.id}/stage`, { stage, version: data.case.version })
      setStage('')
      await onChanged()
    })
  return (
    <span className="row">
      <select
        className="input stage-select"
        aria-label={w.moveStage}
        value={stage}
        onChange={e => setStage(e.currentTarget.value)}
        data-testid="stage"
      >
        <option value="">{w.moveStage}</option>
        {next.map(s => (
          <option key={s} value={s}>
            {w.stages[s] ?? s}
          </option>
        ))}
      </select>
      {stage ? (
        <Button small busy={busy} onClick={move} data-testid="stage-save">
          {words.form.save}
        </Button>
      ) : null}
      {error ? (
        <span className="field-error" role="alert">
          {error.message}
        </span>
      ) : null}
    </span>
  )
}
