import type { ReactNode } from 'react'
import { SharedTextarea } from '../../live/SharedTextarea'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Field } from '../../parts/Field'
import { words } from '../../words'
import { PeersAt } from '../plan/PeersAt'
import type { PlanRow } from '../plan/PlanRow'

interface Props {
  title: string
  kind: string
  row: PlanRow
  /** Label of the text of the row; without one the row has none. */
  text?: { label: string; hint?: string; rows: number; limit: number }
  onClose: () => void
  onRemoved: () => void
  children: ReactNode
}

/** One row of a drawing, written live: what is typed is stored at once. */
export function RowDialog({ title, kind, row, text, onClose, onRemoved, children }: Props) {
  const w = words.household
  const key = `${kind}/${row.id}/text`
  const remove = () => {
    row.doc.values.set({ [`${kind}/${row.id}/del`]: true })
    onRemoved()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onCtrlEnter={onClose}
      data-testid={`${kind}-dialog`}
      foot={
        <>
          <Button kind="danger" onClick={remove} data-testid="row-remove">
            {w.remove}
          </Button>
          <Button kind="solid" onClick={onClose} data-testid="row-done">
            {w.done}
          </Button>
        </>
      }
    >
      <div className="stack">
        {text ? (
          <Field label={text.label} hint={text.hint}>
            {c => (
              <>
                <SharedTextarea
                  {...c}
                  doc={row.doc}
                  textKey={key}
                  rows={text.rows}
                  limit={text.limit}
                  data-testid={`${kind}-text`}
                />
                <PeersAt doc={row.doc} at={key} />
              </>
            )}
          </Field>
        ) : null}
        {children}
        <p className="soft">{w.saved}</p>
      </div>
    </Dialog>
  )
}
