import { type FormEvent, useEffect, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CopyButton } from '../../parts/CopyButton'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Enrolment {
  secret: string
  url: string
  qr: string
}

interface Props {
  onAdded: (codes: string[]) => Promise<void>
}

/** 認証アプリの登録: the picture is read, the code it shows is typed. */
export function AddApp({ onAdded }: Props) {
  const [shown, setShown] = useState<Enrolment | null>(null)
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const { submit, busy, at, rest, fail } = useSubmit()
  const w = words.account
  useEffect(() => {
    api
      .post<Enrolment>('/session/enrol/totp/ask')
      .then(setShown)
      .catch(e => fail(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown)))
  }, [fail])
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      const { codes } = await api.post<{ codes: string[] }>('/session/enrol/totp', { code, name })
      await onAdded(codes)
    })
  }
  const error = rest('code', 'name')
  return (
    <form className="stack" onSubmit={send} noValidate data-testid="add-app">
      {error ? <Banner tone="bad" title={error} /> : null}
      {shown ? (
        <>
          <p>1. {w.app1}</p>
          <img className="qr" src={`data:image/png;base64,${shown.qr}`} alt={w.app1Alt} width={220} height={220} />
          <div className="row">
            <span>
              {w.appKey}：<code data-testid="totp-secret">{shown.secret}</code>
            </span>
            <CopyButton text={shown.secret.replaceAll(' ', '')} />
          </div>
          <p>2. {w.app2}</p>
          <TextField
            label={w.code}
            value={code}
            onValue={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={at('code')}
            required
            data-testid="totp-code"
          />
          <TextField label={w.appName} value={name} onValue={setName} error={at('name')} data-testid="totp-name" />
          <div>
            <Button type="submit" kind="solid" busy={busy} data-testid="totp-register">
              {w.register}
            </Button>
          </div>
        </>
      ) : null}
    </form>
  )
}
