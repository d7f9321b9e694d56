import { type FormEvent, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import { makePasskey } from '../../app/passkeys'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  onAdded: (codes: string[]) => Promise<void>
}

/** パスキーの登録: the browser asks how the owner is verified. */
export function AddPasskey({ onAdded }: Props) {
  const [name, setName] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.account
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      const ask = await api.post<{ publicKey: Record<string, unknown> }>('/session/enrol/passkey/ask')
      const answer = await makePasskey(ask).catch(() => {
        throw new ApiError('stopped', w.passkeyStopped)
      })
      const { codes } = await api.post<{ codes: string[] }>('/session/enrol/passkey', { answer, name })
      await onAdded(codes)
    })
  }
  const error = rest('name')
  return (
    <form className="stack" onSubmit={send} noValidate data-testid="add-passkey-form">
      {error ? <Banner tone="bad" title={error} data-testid="passkey-error" /> : null}
      <p>{w.passkeyText}</p>
      <TextField label={w.appName} value={name} onValue={setName} error={at('name')} data-testid="passkey-name" />
      <div>
        <Button type="submit" kind="solid" busy={busy} data-testid="passkey-register">
          {w.register}
        </Button>
      </div>
    </form>
  )
}
