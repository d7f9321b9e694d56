import { type FormEvent, useState } from 'react'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import { TextField } from '../parts/TextField'
import { words } from '../words'
import { sessionStore } from './sessionStore'
import { useSubmit } from './useSubmit'

interface Props {
  name: string
  /** A guest has a PIN and no password. */
  guest: boolean
}

/** 離席ロック: the page under it stays, with what was typed; nothing of it is shown. */
export function LockScreen({ name, guest }: Props) {
  const [secret, setSecret] = useState('')
  const { submit, busy, at, rest, error } = useSubmit()
  const w = words.account
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(() => sessionStore.unlock(secret)).then(ok => {
      if (ok) setSecret('')
    })
  }
  // Wrong too often, or ended meanwhile: there is nothing left to unlock.
  const over = error?.kind === 'gone' || (error?.kind === 'unauthorized' && error.details.stage !== 'locked')
  return (
    <main className="entry" data-testid="lock-screen">
      <form className="card stack" onSubmit={send} noValidate>
        <h1>{w.lockTitle}</h1>
        <p>{w.lockText(name)}</p>
        {rest('secret') ? <Banner tone="bad" title={rest('secret') ?? ''} data-testid="lock-error" /> : null}
        {over ? null : (
          <>
            <TextField
              label={guest ? w.lockPin : w.lockPassword}
              type="password"
              value={secret}
              onValue={setSecret}
              autoComplete={guest ? 'off' : 'current-password'}
              inputMode={guest ? 'numeric' : undefined}
              error={at('secret')}
              autoFocus
              required
              data-testid="lock-secret"
            />
            <div className="row">
              <Button type="submit" kind="solid" busy={busy} data-testid="unlock">
                {w.unlock}
              </Button>
            </div>
          </>
        )}
        <div>
          <Button kind="text" onClick={() => void sessionStore.leave().catch(() => {})} data-testid="lock-leave">
            {w.lockOut}
          </Button>
          <p className="soft">{w.lockOutHint}</p>
        </div>
      </form>
    </main>
  )
}
