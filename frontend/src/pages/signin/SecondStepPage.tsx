import { type FormEvent, useState } from 'react'
import { api } from '../../api/api'
import type { Session } from '../../api/session'
import { passkeysHere } from '../../app/passkeys'
import { sessionStore } from '../../app/sessionStore'
import { signInPasskey } from '../../app/signInPasskey'
import { useSession } from '../../app/useSession'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

/** 二要素認証: the second step of a sign-in. */
export function SecondStepPage() {
  const session = useSession()
  const [code, setCode] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.account
  const has = (kind: string) => session?.factors?.some(f => f === kind) ?? false
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => sessionStore.set(await api.post<Session>('/session/factor', { code })))
  }
  const error = rest('code')
  return (
    <main className="entry">
      <form className="card stack" onSubmit={send} noValidate data-testid="second-step">
        <h1>{w.secondTitle}</h1>
        <p>{w.secondText(session?.name ?? '')}</p>
        {error ? <Banner tone="bad" title={error} data-testid="second-error" /> : null}
        {has('passkey') && passkeysHere() ? (
          <div>
            <Button kind="solid" busy={busy} onClick={() => void submit(signInPasskey)} data-testid="second-passkey">
              {w.withPasskey}
            </Button>
          </div>
        ) : null}
        <TextField
          label={w.secondCode}
          hint={w.secondHint}
          value={code}
          onValue={setCode}
          autoComplete="one-time-code"
          error={at('code')}
          autoFocus
          required
          data-testid="second-code"
        />
        <div className="row">
          <Button type="submit" kind="solid" busy={busy} data-testid="second-go">
            {w.go}
          </Button>
          <Button kind="text" onClick={() => void sessionStore.leave().catch(() => {})} data-testid="second-restart">
            {w.restart}
          </Button>
        </div>
      </form>
    </main>
  )
}
