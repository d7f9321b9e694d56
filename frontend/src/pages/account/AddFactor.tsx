import { useState } from 'react'
import { passkeysHere } from '../../app/passkeys'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { AddApp } from './AddApp'
import { AddPasskey } from './AddPasskey'
import { CodesOnPaper } from './CodesOnPaper'

interface Props {
  /** What to show at first; the choice otherwise. */
  kind?: 'totp' | 'passkey'
  /** Label of the last button. */
  done: string
  onDone: () => Promise<void>
}

/** Registers a second factor; the first one comes with codes to be written down. */
export function AddFactor({ kind, done, onDone }: Props) {
  const [chosen, setChosen] = useState(kind ?? null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const w = words.account
  const added = async (list: string[]) => {
    if (list.length) setCodes(list)
    else await onDone()
  }
  if (codes) return <CodesOnPaper codes={codes} done={done} onDone={onDone} />
  if (chosen === 'totp') return <AddApp onAdded={added} />
  if (chosen === 'passkey') return <AddPasskey onAdded={added} />
  return (
    <div className="row">
      <Button kind="solid" onClick={() => setChosen('totp')} data-testid="add-totp">
        {w.addApp}
      </Button>
      {passkeysHere() ? (
        <Button onClick={() => setChosen('passkey')} data-testid="add-passkey">
          {w.addPasskey}
        </Button>
      ) : null}
    </div>
  )
}
