import { useState } from 'react'
import type { OwnFactor } from '../../api/account'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { CodesOnPaper } from './CodesOnPaper'

interface Props {
  /** The factor to be taken away; without one new 予備コード are made. */
  factor?: OwnFactor
  onClose: () => void
  onDone: () => Promise<void>
}

/** Asks for the password again, as a stranger at an open desk does not know it. */
export function ConfirmDialog({ factor, onClose, onDone }: Props) {
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<string[] | null>(null)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.account
  const label = factor ? w.removeOf(factor.name) : w.make
  const send = () =>
    void submit(async () => {
      if (factor) {
        await api.post(`/account/factors/${factor.id}/remove`, { password })
        await onDone()
      } else setCodes((await api.post<{ codes: string[] }>('/account/recovery', { password })).codes)
    })
  const error = rest('password')
  return (
    <Dialog
      title={factor ? label : w.newCodes}
      onClose={codes ? () => void onDone() : onClose}
      data-testid="confirm-dialog"
      foot={
        codes ? null : (
          <>
            <Button onClick={onClose}>{words.form.cancel}</Button>
            <Button kind={factor ? 'danger' : 'solid'} busy={busy} onClick={send} data-testid="confirm-go">
              {label}
            </Button>
          </>
        )
      }
    >
      {codes ? (
        <CodesOnPaper codes={codes} done={words.form.close} onDone={onDone} />
      ) : (
        <div className="stack">
          {error ? <Banner tone="bad" title={error} /> : null}
          <p>{factor ? w.removeText : w.codesText}</p>
          <TextField
            label={w.old}
            type="password"
            value={password}
            onValue={setPassword}
            error={at('password')}
            autoComplete="current-password"
            required
            data-testid="confirm-password"
          />
        </div>
      )}
    </Dialog>
  )
}
