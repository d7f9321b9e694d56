import { useState } from 'react'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Chip } from '../../parts/Chip'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { cellText } from './cellText'
import type { FileChange, FromFile } from './matrixFile'

interface Props {
  file: FromFile
  name: (row: number, col: number) => string
  onDo: (changes: FileChange[]) => void
  onClose: () => void
}

/** What a 役割分担表 that was changed in a spreadsheet would change here, field by field, before it does. What was changed here meanwhile is left out until it is chosen. */
export function FileDialog({ file, name, onDo, onClose }: Props) {
  const w = words.matrix
  const [off, setOff] = useState(() => new Set(file.changes.filter(c => c.moved)))
  const chosen = file.changes.filter(c => !off.has(c))
  const put = (c: FileChange, on: boolean) => {
    const next = new Set(off)
    if (on) next.delete(c)
    else next.add(c)
    setOff(next)
  }
  return (
    <Dialog
      title={w.fileTitle}
      wide
      onClose={onClose}
      data-testid="matrix-file-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button
            kind="solid"
            why={chosen.length ? undefined : w.fileNothing}
            onClick={() => onDo(chosen)}
            data-testid="matrix-file-do"
          >
            {w.fileDo(chosen.length)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{file.based ? w.fileBased : w.fileNotBased}</p>
        {file.lost.length ? (
          <Banner tone="warn" title={w.fileLost} data-testid="matrix-file-lost">
            <ul>
              {file.lost.map(l => (
                <li key={l}>{l}</li>
              ))}
            </ul>
          </Banner>
        ) : null}
        {file.changes.length ? (
          <Table caption={w.fileChanges} head={w.fileHeads} data-testid="matrix-file-changes">
            {file.changes.map(c => (
              <tr key={`${c.row}/${c.col}`}>
                <td>
                  <Check
                    label={<span className="sr-only">{w.fileTake(name(c.row, c.col))}</span>}
                    checked={!off.has(c)}
                    onValue={on => put(c, on)}
                    data-testid={`take-${c.row}-${c.col}`}
                  />
                </td>
                <th scope="row">{name(c.row, c.col)}</th>
                <td className="pre">{cellText(c.was) || w.emptyBefore}</td>
                <td className="pre">{cellText(c.cell) || w.emptyBefore}</td>
                <td>
                  {c.moved ? <Chip tone="warn">{w.fileMoved}</Chip> : null}
                  {c.notes.map(n => (
                    <div key={n}>⚠ {n}</div>
                  ))}
                </td>
              </tr>
            ))}
          </Table>
        ) : (
          <p>{w.fileSame}</p>
        )}
      </div>
    </Dialog>
  )
}
