import { type FormEvent, useState } from 'react'
import { api } from '../../api/api'
import { showFirstError } from '../../app/showFirstError'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  least: number
  onDone: () => Promise<void>
}

const EMPTY = { old: '', password: '', again: '' }

/** パスワードの変更. */
export function PasswordCard({ least, onDone }: Props) {
  const [form, setForm] = useState(EMPTY)
  const [differs, setDiffers] = useState(false)
  const [done, setDone] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.account
  const set = (part: Partial<typeof EMPTY>) => setForm(s => ({ ...s, ...part }))
  const send = (e: FormEvent) => {
    e.preventDefault()
    setDone(false)
    setDiffers(form.password !== form.again)
    if (form.password !== form.again) return showFirstError()
    void submit(async () => {
      await api.put('/account/password', { old: form.old, password: form.password })
      setForm(EMPTY)
      setDone(true)
      await onDone()
    })
  }
  const error = rest('old', 'password')
  return (
    <form className="card stack" onSubmit={send} noValidate aria-labelledby="password-title">
      <h2 id="password-title">{w.password}</h2>
      {error ? <Banner tone="bad" title={error} /> : null}
      {done ? <Banner tone="good" title={w.changed} data-testid="password-changed" /> : null}
      <div className="form-grid">
        <TextField
          label={w.old}
          type="password"
          value={form.old}
          onValue={old => set({ old })}
          error={at('old')}
          autoComplete="current-password"
          required
          data-testid="password-old"
        />
        <TextField
          label={w.next}
          hint={w.nextHint(least)}
          type="password"
          value={form.password}
          onValue={password => set({ password })}
          error={at('password')}
          autoComplete="new-password"
          required
          data-testid="password-new"
        />
        <TextField
          label={w.again}
          type="password"
          value={form.again}
          onValue={again => set({ again })}
          error={differs ? w.notSame : undefined}
          autoComplete="new-password"
          required
          data-testid="password-again"
        />
      </div>
      <div>
        <Button type="submit" kind="solid" busy={busy} data-testid="password-change">
          {w.change}
        </Button>
      </div>
    </form>
  )
}
