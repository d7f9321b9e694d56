import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import type { Cell } from './Cell'
import { cellText } from './cellText'
import type { Paste } from './planPaste'

interface Props {
  paste: Paste
  name: (row: number, col: number) => string
  before: (row: number, col: number) => Cell | undefined
  onDo: () => void
  onClose: () => void
}

/** What a pasted table would change, before it does: old and new content, and what was not understood. */
export function PasteDialog({ paste, name, before, onDo, onClose }: Props) {
  const w = words.matrix
  const { puts, lost } = paste
  return (
    <Dialog
      title={w.pasteTitle}
      wide
      onClose={onClose}
      data-testid="paste-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" why={puts.length ? undefined : w.pasteNothing} onClick={onDo} data-testid="paste-do">
            {w.pasteDo(puts.length)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{paste.byName ? w.pasteByName : w.pasteByPlace}</p>
        {lost.length ? (
          <Banner tone="warn" title={w.pasteLost} data-testid="paste-lost">
            <ul>
              {lost.map((l, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same words may come twice
                <li key={i}>{l}</li>
              ))}
            </ul>
          </Banner>
        ) : null}
        {puts.length ? (
          <Table
            caption={w.pasteInto}
            head={[w.pasteInto, w.pasteWas, w.pasteIs, w.pasteNotes]}
            data-testid="paste-table"
          >
            {puts.map(p => {
              const was = before(p.row, p.col)
              return (
                <tr key={`${p.row}/${p.col}`}>
                  <th scope="row">{name(p.row, p.col)}</th>
                  <td className="pre">{was ? cellText(was) : ''}</td>
                  <td className="pre">{cellText(p.cell)}</td>
                  <td>
                    {p.notes.map(n => (
                      <div key={n}>⚠ {n}</div>
                    ))}
                  </td>
                </tr>
              )
            })}
          </Table>
        ) : null}
      </div>
    </Dialog>
  )
}
