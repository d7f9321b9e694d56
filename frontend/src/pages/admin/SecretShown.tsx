import { useState } from 'react'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  value: string
  words: { title: string; text: string; label: string; close: string }
  onClose: () => void
  /** Begins the test ids. */
  testid: string
}

/** A secret that was just made for another system: shown once. */
export function SecretShown({ value, words: w, onClose, testid }: Props) {
  const [copied, setCopied] = useState(false)
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      data-testid={`${testid}-shown`}
      foot={
        <>
          {navigator.clipboard ? (
            <Button onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}>
              {copied ? words.tokens.copied : words.tokens.copy}
            </Button>
          ) : null}
          <Button kind="solid" onClick={onClose} data-testid={`${testid}-close`}>
            {w.close}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{w.text}</p>
        <TextField label={w.label} value={value} onValue={() => {}} readOnly data-testid={`${testid}-value`} />
      </div>
    </Dialog>
  )
}
