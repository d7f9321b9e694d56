import { useState } from 'react'
import { api } from '../../api/api'
import type { ScreeningLine } from '../../api/course'
import { useCodes } from '../../app/useCodes'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CheckList } from '../../parts/CheckList'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  caseId: string
  version: number
  /** The result that stands; it is where a new one begins. */
  last?: ScreeningLine | undefined
  onDone: () => Promise<void>
}

/** スクリーニング: the result, why, and what the result wants beside it. */
export function ScreeningForm({ caseId, version, last, onDone }: Props) {
  const [draft, setDraft] = useState({
    day: today(),
    result: last?.result ?? '',
    grounds: last?.grounds ?? [],
    to: last?.to ?? '',
    confirmedOn: last?.confirmedOn ?? '',
    reason: last?.reason ?? '',
  })
  const { submit, busy, at, rest } = useSubmit()
  const results = useCodes('screening')
  const grounds = useCodes('trouble')
  const w = words.course
  const set = (part: Partial<typeof draft>) => setDraft(d => ({ ...d, ...part }))
  const joint = draft.result === '3' || draft.result === '4'
  const passed = draft.result === '2'
  const failed = rest('day', 'result', 'grounds', 'to', 'confirmedOn', 'reason')
  const send = () =>
    void submit(async () => {
      await api.post(`/cases/${caseId}/screenings`, {
        ...draft,
        version,
        grounds: joint ? draft.grounds : [],
        to: passed ? draft.to : '',
        confirmedOn: passed ? draft.confirmedOn : '',
      })
      await onDone()
    })
  return (
    <div className="stack-s" data-testid="screening-form">
      <p className="soft">{w.lead}</p>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <SelectField
        label={w.result}
        hint={w.results[draft.result]}
        value={draft.result}
        options={[{ value: '', label: words.form.choose }, ...results.map(c => ({ value: c.code, label: c.label }))]}
        onValue={result => set({ result })}
        error={at('result')}
        required
        data-testid="screening-result"
      />
      {joint ? (
        <CheckList
          label={w.grounds}
          hint={w.groundsHint}
          options={grounds.map(c => ({ value: c.code, label: c.label }))}
          value={draft.grounds}
          onValue={list => set({ grounds: list })}
          error={at('grounds')}
          required
          testid="ground"
        />
      ) : null}
      {passed ? (
        <div className="form-grid">
          <TextField
            label={w.to}
            hint={w.toHint}
            value={draft.to}
            onValue={to => set({ to })}
            error={at('to')}
            required
            data-testid="screening-to"
          />
          <DateField
            label={w.confirmedOn}
            hint={w.confirmedHint}
            value={draft.confirmedOn}
            onValue={confirmedOn => set({ confirmedOn })}
            error={at('confirmedOn')}
            data-testid="screening-confirmed"
          />
        </div>
      ) : null}
      <TextArea
        label={w.reason}
        hint={w.reasonHint}
        value={draft.reason}
        onValue={reason => set({ reason })}
        error={at('reason')}
        required
        data-testid="screening-reason"
      />
      <DateField
        label={w.day}
        value={draft.day}
        onValue={day => set({ day })}
        error={at('day')}
        required
        data-testid="screening-day"
      />
      <div>
        <Button kind="solid" busy={busy} onClick={send} data-testid="screening-save">
          {w.save}
        </Button>
      </div>
    </div>
  )
}
