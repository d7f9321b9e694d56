import { useRef, useState } from 'react'
import { api } from '../../api/api'
import { importForm } from '../../api/imports'
import { useSubmit } from '../../app/useSubmit'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { FileDialog } from './FileDialog'
import { type FileChange, type FileSheet, type FromFile, fromFile } from './matrixFile'

interface Props {
  grid: Parameters<typeof fromFile>[1]
  name: (row: number, col: number) => string
  /** Writes what was confirmed, and says what came of it. */
  onDo: (changes: readonly FileChange[]) => void
}

/** 直した表を読み込む: a 役割分担表 that was saved, changed in Excel and brought back. The server reads the file; what is written goes through the documents as everything typed. */
export function FileButton({ grid, name, onDo }: Props) {
  const [found, setFound] = useState<FromFile | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const { busy, submit, rest, fail } = useSubmit()
  const w = words.matrix
  const read = (f: File) =>
    void submit(async () => {
      const { sheets } = await api.post<{ sheets: FileSheet[] }>('/tables', importForm(f))
      const out = fromFile(sheets, grid)
      setFound(out ?? { changes: [], lost: [w.fileNone], based: true })
    })
  const error = rest()
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv"
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={e => {
          const f = e.currentTarget.files?.[0]
          if (f) read(f)
          e.currentTarget.value = ''
        }}
        data-testid="matrix-file"
      />
      <Button
        small
        busy={busy}
        onClick={() => {
          fail(null)
          input.current?.click()
        }}
        data-testid="matrix-file-open"
      >
        {w.fileOpen}
      </Button>
      {error ? (
        <span role="alert" className="field-error" data-testid="matrix-file-error">
          {error}
        </span>
      ) : null}
      {found ? (
        <FileDialog
          file={found}
          name={name}
          onDo={changes => {
            onDo(changes)
            setFound(null)
          }}
          onClose={() => setFound(null)}
        />
      ) : null}
    </>
  )
}
