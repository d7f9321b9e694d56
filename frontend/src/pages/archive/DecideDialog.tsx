import { useState } from 'react'
import { api } from '../../api/api'
import type { Disposal } from '../../api/archive'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Pair } from '../../parts/Pair'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { PaperList } from './ProposeDialog'

interface Props {
  disposal: Disposal
  onClose: () => void
  onDone: () => Promise<void>
}

/** 決裁 by somebody who did not propose. */
export function DecideDialog({ disposal: d, onClose, onDone }: Props) {
  const [note, setNote] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.keeping
  const problem = rest('note')
  const send = (approve: boolean) =>
    void submit(async () => {
      await api.post(`/disposals/${d.id}/decide`, { approve, note })
      await onDone()
    })
  return (
    <Dialog
      title={w.decideTitle}
      onClose={onClose}
      data-testid="decide-dialog"
      foot={
        <>
          <Button busy={busy} onClick={() => send(false)} data-testid="refuse">
            {w.refuse}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => send(true)} data-testid="approve">
            {w.approve}
          </Button>
        </>
      }
    >
      <div className="stack">
        {problem ? <Banner tone="bad" title={problem} /> : null}
        <p>{w.decideLead}</p>
        <dl className="pairs">
          <Pair term={w.proposedBy}>
            {d.proposedBy}　{showInstant(d.proposedAt, 'short')}
          </Pair>
          <Pair term={w.reason}>{d.reason}</Pair>
          <Pair term={w.method}>{d.method}</Pair>
        </dl>
        <PaperList records={d.records} />
        <TextArea
          label={w.note}
          hint={w.noteHint}
          value={note}
          onValue={setNote}
          error={at('note')}
          data-testid="decide-note"
        />
      </div>
    </Dialog>
  )
}
