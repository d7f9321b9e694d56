import { type FormEvent, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Session } from '../../api/session'
import { sessionStore } from '../../app/sessionStore'
import { showFirstError } from '../../app/showFirstError'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { DeviceCheck } from './DeviceCheck'

/** A guest's way in (the token is the fragment of the address, which no server sees): nothing of the meeting is told before PIN, name, agency and the duty of secrecy. */
export function JoinPage() {
  const [token] = useState(() => window.location.hash.slice(1))
  const [state, setState] = useState<'checking' | 'ok' | 'dead'>('checking')
  const [form, setForm] = useState({ pin: '', name: '', agency: '', secrecy: false })
  const [missing, setMissing] = useState<Record<string, string>>({})
  const { submit, busy, at, rest } = useSubmit()
  const [, go] = useLocation()
  const w = words.entry

  useEffect(() => {
    api
      .post('/guest/check', { token })
      .then(() => setState('ok'))
      .catch(e => setState(e instanceof ApiError && e.kind === 'offline' ? 'ok' : 'dead'))
  }, [token])

  const send = (e: FormEvent) => {
    e.preventDefault()
    const found: Record<string, string> = {}
    if (!/^\d{6}$/.test(form.pin.normalize('NFKC'))) found.pin = words.form.needed(w.pin)
    if (!form.name.trim()) found.name = words.form.needed(w.name)
    if (!form.agency.trim()) found.agency = words.form.needed(w.joinAgency)
    if (!form.secrecy) found.secrecy = w.secrecyNeeded
    setMissing(found)
    if (Object.keys(found).length) return showFirstError()
    void submit(async () => {
      const session = await api.post<Session>('/guest/enter', { ...form, pin: form.pin.normalize('NFKC'), token })
      sessionStore.set(session)
      go(`/meetings/${session.actor?.guestMeeting ?? ''}`, { replace: true })
    })
  }

  if (state === 'checking') return <main className="entry">{w.checking}</main>
  if (state === 'dead') {
    return (
      <main className="entry">
        <Banner tone="bad" title={w.dead} data-testid="join-dead">
          {w.deadText}
        </Banner>
      </main>
    )
  }
  const error = rest('pin', 'name', 'agency', 'secrecy')
  return (
    <main className="entry">
      <form className="card stack" onSubmit={send} noValidate>
        <h1>{w.joinTitle}</h1>
        <p>{w.joinText}</p>
        {error ? <Banner tone="bad" title={error} data-testid="join-error" /> : null}
        <TextField
          label={w.pin}
          hint={w.pinHint}
          value={form.pin}
          onValue={pin => setForm(s => ({ ...s, pin }))}
          inputMode="numeric"
          autoComplete="one-time-code"
          error={missing.pin ?? at('pin')}
          data-testid="join-pin"
          required
        />
        <TextField
          label={w.name}
          value={form.name}
          onValue={name => setForm(s => ({ ...s, name }))}
          autoComplete="name"
          error={missing.name ?? at('name')}
          data-testid="join-name"
          required
        />
        <TextField
          label={w.joinAgency}
          hint={w.joinAgencyHint}
          value={form.agency}
          onValue={agency => setForm(s => ({ ...s, agency }))}
          autoComplete="organization"
          error={missing.agency ?? at('agency')}
          data-testid="join-agency"
          required
        />
        <Group label={w.secrecy} error={missing.secrecy ?? at('secrecy')} required>
          <p className="secrecy-text">{w.secrecyText}</p>
          <Check
            label={w.secrecyCheck}
            checked={form.secrecy}
            onValue={secrecy => setForm(s => ({ ...s, secrecy }))}
            data-testid="join-secrecy"
          />
        </Group>
        <div>
          <Button type="submit" kind="solid" busy={busy} data-testid="join-enter">
            {w.join}
          </Button>
        </div>
      </form>
      <DeviceCheck />
    </main>
  )
}
