import { useRef, useState } from 'react'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  busy: boolean
  onChoose: (f: File) => void
}

/** The file, and what it should look like. */
export function FileStep({ busy, onChoose }: Props) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const w = words.imports
  const take = (f: File | undefined) => {
    if (f && !busy) onChoose(f)
  }
  return (
    <div className="stack">
      <ul className="list">
        {w.what.map(x => (
          <li key={x}>{x}</li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
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
        <p>{w.drop}</p>
        <input
          ref={input}
          type="file"
          accept=".xlsx,.xlsm,.csv,.tsv,.txt"
          hidden
          tabIndex={-1}
          aria-hidden="true"
          onChange={e => {
            take(e.currentTarget.files?.[0])
            e.currentTarget.value = ''
          }}
          data-testid="import-file"
        />
        <Button kind="solid" busy={busy} onClick={() => input.current?.click()} data-testid="import-choose">
          {w.choose}
        </Button>
        <p className="soft">{w.kinds}</p>
      </div>
      <div aria-live="polite">{busy ? <Banner title={w.reading} /> : null}</div>
    </div>
  )
}
