import { useState } from 'react'
import { api } from '../../api/api'
import type { ArchiveRecord } from '../../api/archive'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  records: readonly ArchiveRecord[]
  onClose: () => void
  onDone: () => Promise<void>
}

/** 起案: proposes to dispose of the chosen records. */
export function ProposeDialog({ records, onClose, onDone }: Props) {
  const w = words.keeping
  const [method, setMethod] = useState<string>(w.methodDefault)
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const problem = rest('method', 'reason')
  const send = () =>
    void submit(async () => {
      await api.post('/disposals', { records: records.map(r => r.id), method, reason })
      await onDone()
    })
  return (
    <Dialog
      title={w.proposeTitle}
      onClose={onClose}
      data-testid="propose-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={send} data-testid="propose-go">
            {w.doPropose}
          </Button>
        </>
      }
    >
      <div className="stack">
        {problem ? <Banner tone="bad" title={problem} /> : null}
        <p>{w.proposeLead(records.length)}</p>
        <PaperList records={records} />
        <TextField label={w.method} value={method} onValue={setMethod} error={at('method')} required />
        <TextArea
          label={w.reason}
          value={reason}
          onValue={setReason}
          error={at('reason')}
          required
          data-testid="propose-reason"
        />
      </div>
    </Dialog>
  )
}

/** Numbers and names of records. */
export function PaperList({ records }: { records: readonly ArchiveRecord[] }) {
  return (
    <ul className="list">
      {records.map(r => (
        <li key={r.id}>
          <strong>{r.number}</strong>　{r.title}
        </li>
      ))}
    </ul>
  )
}
