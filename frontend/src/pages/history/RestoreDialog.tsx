import { useEffect, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Restored } from '../../api/history'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { DiffText } from './DiffText'

interface Props {
  path: string
  seq: number
  keys: string[]
  onClose: () => void
  onDone: () => void
}

/** Shows exactly what a restore changes, and does it. */
export function RestoreDialog({ path, seq, keys, onClose, onDone }: Props) {
  const [list, setList] = useState<Restored | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const w = words.history

  const ask = async (plan: string) => {
    setBusy(true)
    setError(null)
    try {
      const answer = await api.post<Restored>(path, { seq, keys, plan })
      if (plan) return onDone()
      setList(answer)
    } catch (e) {
      setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
      setList(null)
    } finally {
      setBusy(false)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens
  useEffect(() => void ask(''), [])

  return (
    <Dialog
      wide
      title={w.confirmTitle}
      onClose={onClose}
      data-testid="restore-dialog"
      foot={
        list?.changes.length ? (
          <Button kind="solid" busy={busy} onClick={() => void ask(list.plan)} data-testid="restore-confirm">
            {w.confirm}
          </Button>
        ) : null
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error.message} data-testid="restore-error" /> : null}
        {list && !list.changes.length ? <p>{w.nothing}</p> : null}
        {list?.changes.map(f => (
          <section key={f.key + f.before} className="history-field">
            <h3>{f.label}</h3>
            <DiffText field={f} />
          </section>
        ))}
        {list?.changes.length ? <p className="soft">{w.confirmHelp}</p> : null}
      </div>
    </Dialog>
  )
}
