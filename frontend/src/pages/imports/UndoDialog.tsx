import { api } from '../../api/api'
import type { ImportBatch, ImportUndone } from '../../api/imports'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'

interface Props {
  batch: ImportBatch
  onDone: (u: ImportUndone) => void
  onClose: () => void
}

/** 取消 of an import, asked once more. */
export function UndoDialog({ batch, onDone, onClose }: Props) {
  const { busy, submit, rest } = useSubmit()
  const w = words.imports
  const undo = () =>
    void submit(async () => {
      onDone(await api.del<ImportUndone>(`/imports/${batch.id}`))
    })
  return (
    <Dialog
      title={w.undoTitle}
      onClose={onClose}
      data-testid="undo-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="danger" busy={busy} onClick={undo} data-testid="undo-do">
            {w.undoDo}
          </Button>
        </>
      }
    >
      <div className="stack">
        {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
        <p>
          <strong>{batch.fileName}</strong>
          <br />
          {w.range(batch.first, batch.last, batch.made)}
        </p>
        <p>{w.undoText(batch.made)}</p>
      </div>
    </Dialog>
  )
}
