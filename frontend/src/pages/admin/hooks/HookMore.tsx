import { useState } from 'react'
import { api } from '../../../api/api'
import type { Answer } from '../../../api/schema'
import { useSubmit } from '../../../app/useSubmit'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { TextField } from '../../../parts/TextField'
import { words } from '../../../words'
import type { Hook } from './Hooks'

interface Props {
  hook: Hook
  onDone: (secret: string) => Promise<void>
}

/** What is seldom done to an address: another secret, and its end. */
export function HookMore({ hook, onDone }: Props) {
  const [hours, setHours] = useState('24')
  const [sure, setSure] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.hooks
  const renew = () =>
    void submit(async () => {
      const made = await api.post<Answer<'POST /api/webhooks/{id}/secret'>>(`/webhooks/${hook.id}/secret`, {
        hours: /^\d+$/.test(hours.trim()) ? Number(hours) : -1,
      })
      await onDone(made.secret)
    })
  const remove = () =>
    void submit(async () => {
      await api.del(`/webhooks/${hook.id}`)
      await onDone('')
    })
  return (
    <>
      {rest('hours') ? <Banner tone="bad" title={rest('hours') ?? ''} /> : null}
      <details className="disclosure" data-testid="hook-more-secret">
        <summary>{w.newSecret}</summary>
        <div className="stack-s">
          <p>{w.newSecretText}</p>
          <TextField
            label={w.hours}
            hint={w.hoursHint}
            value={hours}
            onValue={setHours}
            error={at('hours')}
            inputMode="numeric"
            data-testid="hook-hours"
          />
          <div className="row">
            <Button busy={busy} onClick={renew} data-testid="hook-renew">
              {w.makeSecret}
            </Button>
          </div>
        </div>
      </details>
      <details className="disclosure" data-testid="hook-more-remove">
        <summary>{w.remove}</summary>
        <div className="stack-s">
          <p>{w.removeText(hook.url)}</p>
          <div className="row">
            <Button busy={busy} onClick={sure ? remove : () => setSure(true)} data-testid="hook-remove">
              {sure ? w.removeDo : w.remove}
            </Button>
          </div>
        </div>
      </details>
    </>
  )
}
