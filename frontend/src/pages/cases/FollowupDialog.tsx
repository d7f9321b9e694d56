import { useState } from 'react'
import { api } from '../../api/api'
import { useCodes } from '../../app/useCodes'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  caseId: string
  id: string
  onClose: () => void
  onDone: () => Promise<void>
}

/** What was heard in a フォローアップ, or that it is not to be. */
export function FollowupDialog({ caseId, id, onClose, onDone }: Props) {
  const [said, setSaid] = useState({ doneOn: today(), method: '', result: '', note: '', nextOn: '' })
  const { submit, busy, at, rest } = useSubmit()
  const options = (list: readonly { code: string; label: string }[]) => [
    { value: '', label: words.form.choose },
    ...list.map(c => ({ value: c.code, label: c.label })),
  ]
  const methods = options(useCodes('outreach_method'))
  const results = options(useCodes('followup_result'))
  const w = words.course
  const set = (part: Partial<typeof said>) => setSaid(s => ({ ...s, ...part }))
  const send = (drop: boolean) =>
    void submit(async () => {
      await api.post(`/cases/${caseId}/followups/${id}`, { ...said, drop })
      await onDone()
    })
  const failed = rest('doneOn', 'method', 'result', 'note', 'nextOn')
  return (
    <Dialog
      title={w.followupDoTitle}
      onClose={onClose}
      onCtrlEnter={() => send(false)}
      data-testid="followup-dialog"
      foot={
        <>
          <Button kind="text" busy={busy} onClick={() => send(true)} data-testid="followup-drop">
            {w.followupDrop}
          </Button>
          <Button kind="solid" busy={busy} onClick={() => send(false)} data-testid="heard-save">
            {w.heardSave}
          </Button>
        </>
      }
    >
      <div className="stack">
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <div className="form-grid">
          <DateField
            label={w.doneOn}
            value={said.doneOn}
            onValue={doneOn => set({ doneOn })}
            error={at('doneOn')}
            required
          />
          <SelectField
            label={w.method}
            value={said.method}
            options={methods}
            onValue={method => set({ method })}
            error={at('method')}
            required
            data-testid="heard-method"
          />
          <SelectField
            label={w.heard}
            value={said.result}
            options={results}
            onValue={result => set({ result })}
            error={at('result')}
            required
            data-testid="heard-result"
          />
        </div>
        <TextArea
          label={w.note}
          hint={w.noteHint}
          value={said.note}
          onValue={note => set({ note })}
          error={at('note')}
          rows={3}
          data-testid="heard-note"
        />
        <DateField
          label={w.nextOn}
          value={said.nextOn}
          onValue={nextOn => set({ nextOn })}
          error={at('nextOn')}
          data-testid="heard-next"
        />
      </div>
    </Dialog>
  )
}
