import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/api'
import type { Session } from '../../api/session'
import { sessionStore } from '../../app/sessionStore'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

const FIELDS = ['code', 'municipality', 'agency', 'name', 'kana', 'login', 'password'] as const

/** The first administrator of an empty installation. */
export function SetupPage() {
  const [form, setForm] = useState<Record<string, string>>({})
  const [, go] = useLocation()
  const { submit, busy, at, rest } = useSubmit()
  const w = words.entry
  const labels: Record<string, string> = {
    code: w.code,
    municipality: w.municipality,
    agency: w.agency,
    name: w.name,
    kana: w.kana,
    login: w.login,
    password: w.password,
  }
  const hints: Record<string, string> = {
    municipality: w.municipalityHint,
    agency: w.agencyHint,
    password: w.passwordHint,
  }
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      const session = await api.post<Session>('/setup', form)
      go('/admin/first-run')
      sessionStore.set(session)
    })
  }
  const error = rest(...FIELDS)
  return (
    <main className="entry">
      <form className="card stack" onSubmit={send} noValidate>
        <h1>{w.setup}</h1>
        <p>{w.setupText}</p>
        {error ? <Banner tone="bad" title={error} /> : null}
        {FIELDS.map(f => (
          <TextField
            key={f}
            label={labels[f]}
            hint={hints[f]}
            value={form[f] ?? ''}
            onValue={v => setForm(s => ({ ...s, [f]: v }))}
            error={at(f)}
            type={f === 'password' ? 'password' : 'text'}
            autoComplete={f === 'password' ? 'new-password' : 'off'}
            data-testid={`setup-${f}`}
            required
          />
        ))}
        <div>
          <Button type="submit" kind="solid" busy={busy} data-testid="setup-create">
            {w.create}
          </Button>
        </div>
      </form>
    </main>
  )
}
