import { useState } from 'react'
import { api } from '../../api/api'
import type { Safety } from '../../api/outreach'
import { offered } from '../../app/offered'
import { useCodes } from '../../app/useCodes'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CheckList } from '../../parts/CheckList'
import { Dialog } from '../../parts/Dialog'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  caseId: string
  safety: Safety
  onClose: () => void
  onSaved: () => Promise<void>
}

/** What whoever visits has to know before. */
export function SafetyForm({ caseId, safety, onClose, onSaved }: Props) {
  const [codes, setCodes] = useState(safety.codes)
  const [note, setNote] = useState(safety.note)
  const list = useCodes('outreach_safety')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.outreach
  const save = () =>
    void submit(async () => {
      await api.put(`/cases/${caseId}/outreach/safety`, { codes, note, version: safety.version })
      await onSaved()
      onClose()
    })
  const failed = rest('codes', 'note')
  return (
    <Dialog
      title={w.safetyEdit}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="safety-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="safety-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack-s">
        <p className="soft">{w.safetyHint}</p>
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <CheckList
          label={w.safety}
          options={offered(list, codes).map(c => ({ value: c.code, label: c.label }))}
          value={codes}
          onValue={setCodes}
          error={at('codes')}
          testid="safety"
        />
        <TextArea label={w.safetyNote} value={note} onValue={setNote} error={at('note')} data-testid="safety-note" />
      </div>
    </Dialog>
  )
}
