import { useState } from 'react'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

/** A 連携用トークン that was just made: shown once. */
export function TokenShown({ token, onClose }: { token: string; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  const w = words.tokens
  return (
    <Dialog
      title={w.madeTitle}
      onClose={onClose}
      data-testid="token-shown"
      foot={
        <>
          {navigator.clipboard ? (
            <Button onClick={() => void navigator.clipboard.writeText(token).then(() => setCopied(true))}>
              {copied ? w.copied : w.copy}
            </Button>
          ) : null}
          <Button kind="solid" onClick={onClose} data-testid="token-close">
            {w.close}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{w.madeText}</p>
        <TextField label={w.token} value={token} onValue={() => {}} readOnly data-testid="token-value" />
      </div>
    </Dialog>
  )
}
