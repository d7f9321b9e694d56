import { type FormEvent, useState } from 'react'
import { api } from '../../api/api'
import type { Session } from '../../api/session'
import { base } from '../../app/base'
import { passkeysHere } from '../../app/passkeys'
import { sessionStore } from '../../app/sessionStore'
import { signInPasskey } from '../../app/signInPasskey'
import { TextSize } from '../../app/TextSize'
import { useSession } from '../../app/useSession'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { DemoAccounts } from './DemoAccounts'

/** First page: sign in. In demo mode it says how, and fills the form for a chosen person. */
export function SignInPage() {
  const session = useSession()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [municipality, setMunicipality] = useState('')
  const [filled, setFilled] = useState('')
  const [failed] = useState(serviceFailure)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.entry
  const demo = session?.demoAccounts ?? []

  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => sessionStore.set(await api.post<Session>('/session', { login, password, municipality })))
  }
  const error = rest('login', 'password', 'municipality')
  return (
    <main className="entry" data-demo={demo.length > 0 || undefined}>
      <div className="entry-top">
        <p className="brand">
          <span className="brand-mark" aria-hidden="true" />
          {words.app.name}
        </p>
        <TextSize />
      </div>
      <form className="card stack" onSubmit={send} aria-labelledby="signin-title" noValidate>
        <h1 id="signin-title">{w.signIn}</h1>
        <p className="soft">
          {session?.municipality?.name ? `${session.municipality.name}　` : ''}
          {words.app.tagline}
        </p>
        {(error ?? failed) ? <Banner tone="bad" title={error ?? failed ?? ''} data-testid="signin-error" /> : null}
        {filled ? (
          <p role="status" className="soft">
            {w.filled(filled)}
          </p>
        ) : null}
        {session?.municipalities?.length ? (
          <SelectField
            label={w.whichMunicipality}
            value={municipality}
            options={[
              { value: '', label: words.form.choose },
              ...session.municipalities.map(m => ({ value: m.id, label: m.name })),
            ]}
            onValue={setMunicipality}
            error={at('municipality')}
            required
            data-testid="municipality"
          />
        ) : null}
        <TextField
          label={w.login}
          value={login}
          onValue={setLogin}
          autoComplete="username"
          error={at('login')}
          data-testid="login"
          required
        />
        <TextField
          label={w.password}
          value={password}
          onValue={setPassword}
          type="password"
          autoComplete="current-password"
          error={at('password')}
          data-testid="password"
          required
        />
        <div className="row">
          <Button type="submit" kind="solid" busy={busy} data-testid="sign-in">
            {w.signIn}
          </Button>
          {passkeysHere() ? (
            <Button busy={busy} onClick={() => void submit(signInPasskey)} data-testid="sign-in-passkey">
              {words.account.signInPasskey}
            </Button>
          ) : null}
        </div>
        {session?.signInWith ? (
          <div>
            <a
              className="button"
              href={`${base}/api/oidc/start?municipality=${encodeURIComponent(municipality)}`}
              data-testid="sign-in-service"
            >
              {words.account.signInWith(session.signInWith)}
            </a>
          </div>
        ) : null}
        <p className="soft">{w.secure}</p>
      </form>
      {demo.length ? (
        <DemoAccounts
          accounts={demo}
          onChoose={a => {
            setLogin(a.login)
            setPassword(a.password)
            setFilled(a.name)
          }}
        />
      ) : null}
    </main>
  )
}

/** What went wrong at the sign-in service, told once: the address is cleaned. */
function serviceFailure(): string | null {
  const kind = new URLSearchParams(window.location.search).get('signin')
  if (!kind) return null
  window.history.replaceState(null, '', window.location.pathname)
  const said: Record<string, string> = words.account.serviceFailed
  return said[kind] ?? words.account.serviceFailed.other
}
