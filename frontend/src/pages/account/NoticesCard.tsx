import { type FormEvent, useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { NoticeAccount } from '../../api/notices'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

/** お知らせのメール: where one wants to be told, and of what. */
export function NoticesCard() {
  const { data, put } = useLoad<NoticeAccount>('/account/notices')
  const [form, setForm] = useState({ address: '', digest: false, meetings: false })
  const [done, setDone] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.mail
  useEffect(() => {
    if (data) setForm({ address: data.address, digest: data.digest, meetings: data.meetings })
  }, [data])
  if (!data) return null
  const change = (part: Partial<typeof form>) => {
    setDone('')
    setForm(f => ({ ...f, ...part }))
  }
  const send = (e: FormEvent) => {
    e.preventDefault()
    const next = form.address.trim()
      ? { ...form, address: form.address.trim() }
      : { address: '', digest: false, meetings: false }
    void submit(async () => {
      put(await api.put<NoticeAccount>('/account/notices', next))
      setDone(next.address ? w.saved : w.stopped)
    })
  }
  const error = rest('address')
  return (
    <form className="card stack" onSubmit={send} noValidate aria-labelledby="notices-title">
      <h2 id="notices-title">{w.title}</h2>
      <p>{w.text}</p>
      {data.on ? null : <Banner title={w.off} data-testid="notices-off" />}
      {data.refused ? (
        <Banner tone="warn" title={w.refused(showInstant(data.refused))} data-testid="notices-refused" />
      ) : null}
      {error ? <Banner tone="bad" title={error} /> : null}
      {done ? <Banner tone="good" title={done} data-testid="notices-saved" /> : null}
      {data.on || data.address ? (
        <>
          <TextField
            label={w.address}
            hint={w.addressHint}
            type="email"
            autoComplete="email"
            value={form.address}
            onValue={address => change({ address })}
            error={at('address')}
            data-testid="notices-address"
          />
          <Group label={w.which}>
            <Check
              label={w.digest}
              checked={form.digest}
              onValue={digest => change({ digest })}
              data-testid="notices-digest"
            />
            <Check
              label={w.meetings}
              checked={form.meetings}
              onValue={meetings => change({ meetings })}
              data-testid="notices-meetings"
            />
          </Group>
          <div>
            <Button type="submit" busy={busy} data-testid="notices-save">
              {w.save}
            </Button>
          </div>
        </>
      ) : null}
    </form>
  )
}
