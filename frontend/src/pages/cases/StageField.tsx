import { useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import { useSubmit } from '../../app/useSubmit'
import { Button } from '../../parts/Button'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  data: CasePage
  onChanged: () => Promise<void>
}

/** Moves the case to another stage; only the stages it may go to now are offered. */
export function StageField({ data, onChanged }: Props) {
  const [stage, setStage] = useState('')
  const [reason, setReason] = useState('')
  // 終結 without anybody who accepted to be 終結後の主担当 takes a reason.
  const [asks, setAsks] = useState(false)
  const { submit, busy, error, fail } = useSubmit()
  const w = words.cases
  const next = data.case.next ?? []
  if (!data.abilities.edit || !next.length) return null
  const choose = (to: string) => {
    setStage(to)
    setReason('')
    setAsks(false)
    fail(null)
  }
  const move = () =>
    void submit(async () => {
      await api.put(`/cases/${data.case.id}/stage`, { stage, version: data.case.version, reason }).catch(e => {
        if (e instanceof ApiError && e.field === 'reason') setAsks(true)
        throw e
      })
      choose('')
      await onChanged()
    })
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
            {w.stages[s] ?? s}
          </option>
        ))}
      </select>
      {error ? (
        <span className="field-error" role="alert">
          {error.message}
        </span>
      ) : null}
      {asks ? (
        <TextArea
          label={words.leads.endReason}
          hint={words.leads.endReasonHint}
          value={reason}
          onValue={setReason}
          required
          data-testid="stage-reason"
        />
      ) : null}
      {stage ? (
        <Button
          small
          busy={busy}
          why={asks && !reason.trim() ? words.form.needed(words.leads.endReason) : undefined}
          onClick={move}
          data-testid="stage-save"
        >
          {asks ? words.leads.endDo : words.form.save}
        </Button>
      ) : null}
    </span>
  )
}
