import { useEffect, useRef, useState } from 'react'
import { Button } from '../../parts/Button'
import { CopyButton } from '../../parts/CopyButton'
import { words } from '../../words'

interface Props {
  codes: readonly string[]
  done: string
  onDone: () => Promise<void>
}

/** 予備コード: shown once, to be written down. */
export function CodesOnPaper({ codes, done, onDone }: Props) {
  const [busy, setBusy] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  const w = words.account
  useEffect(() => head.current?.focus(), [])
  const finish = async () => {
    setBusy(true)
    await onDone().finally(() => setBusy(false))
  }
  return (
    <section className="stack" data-testid="codes">
      <h2 ref={head} tabIndex={-1}>
        {w.codesTitle}
      </h2>
      <p>{w.codesKeep}</p>
      <ol className="codes">
        {codes.map(c => (
          <li key={c}>
            <code>{c}</code>
          </li>
        ))}
      </ol>
      <div className="row">
        <Button onClick={() => window.print()}>{w.print}</Button>
        <CopyButton text={codes.join('\n')} />
        <Button kind="solid" busy={busy} onClick={finish} data-testid="codes-kept">
          {w.kept}・{done}
        </Button>
      </div>
    </section>
  )
}
