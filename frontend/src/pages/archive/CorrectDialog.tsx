import { useState } from 'react'
import { api } from '../../api/api'
import type { ArchiveRecord } from '../../api/archive'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { PaperList } from './ProposeDialog'

interface Props {
  record: ArchiveRecord
  onClose: () => void
  onDone: () => Promise<void>
}

/** 訂正 of a sealed 会議録: the desk says why, those who ran the meeting write it. */
export function CorrectDialog({ record, onClose, onDone }: Props) {
  const w = words.correction
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const problem = rest('reason')
  const send = () =>
    void submit(async () => {
      await api.post(`/archive/${record.id}/correct`, { reason })
      await onDone()
    })
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      data-testid="correct-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={send} data-testid="correct-go">
            {w.begin}
          </Button>
        </>
      }
    >
      <div className="stack">
        {problem ? <Banner tone="bad" title={problem} /> : null}
        <PaperList records={[record]} />
        <p>{w.lead(record.version)}</p>
        <p>{w.agreed}</p>
        <TextArea
          label={w.reason}
          hint={w.reasonHint}
          value={reason}
          onValue={setReason}
          error={at('reason')}
          required
          data-testid="correct-reason"
        />
      </div>
    </Dialog>
  )
}
