import { useState } from 'react'
import { api } from '../../api/api'
import type { Glass } from '../../api/glass'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  glass: Glass
  onClose: () => void
  onDone: () => Promise<void>
}

/** 事後確認: was it right? */
export function ReviewDialog({ glass, onClose, onDone }: Props) {
  const [finding, setFinding] = useState('')
  const [note, setNote] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.glass
  const problem = rest('finding', 'note')
  const send = () =>
    void submit(async () => {
      await api.post(`/glass/${glass.id}/review`, { finding, note })
      await onDone()
    })
  return (
    <Dialog
      title={w.review}
      onClose={onClose}
      data-testid="glass-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={send} data-testid="glass-save">
            {w.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {problem ? <Banner tone="bad" title={problem} /> : null}
        <p>
          {glass.number}　{glass.userName}　{glass.basisLabel}
        </p>
        <p>{glass.reason}</p>
        <SelectField
          label={w.finding}
          value={finding}
          options={[{ value: '', label: words.form.choose }, ...w.findings]}
          onValue={setFinding}
          error={at('finding')}
          required
          data-testid="glass-finding"
        />
        <TextArea
          label={w.note}
          hint={w.noteHint}
          value={note}
          onValue={setNote}
          error={at('note')}
          required
          data-testid="glass-note"
        />
      </div>
    </Dialog>
  )
}
