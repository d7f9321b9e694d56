import { useRef, useState } from 'react'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import '../imports/imports.css'

interface Props {
  busy: boolean
  onChoose: (f: File) => void
}

/** 記入した表を読み込む: the file is chosen, or dropped. */
export function SheetBack({ busy, onChoose }: Props) {
  const w = words.casesheets
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (f: File | undefined) => {
    if (f && !busy) onChoose(f)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className="import-drop"
      data-over={over || undefined}
      onDragOver={e => {
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={e => {
        e.preventDefault()
        setOver(false)
        take(e.dataTransfer.files[0])
      }}
    >
      <p>{w.backDrop}</p>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv"
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={e => {
          take(e.currentTarget.files?.[0])
          e.currentTarget.value = ''
        }}
        data-testid="sheet-back-file"
      />
      <Button busy={busy} onClick={() => input.current?.click()} data-testid="sheet-back">
        {w.backOpen}
      </Button>
    </div>
  )
}
