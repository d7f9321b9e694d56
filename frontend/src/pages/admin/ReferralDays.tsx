import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

/** つなぎ: after how many days without an answer it is 未確認. */
export function ReferralDays() {
  const { data } = useLoad<{ days: number }>('/referral-days')
  const [days, setDays] = useState('')
  const [saved, setSaved] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.referral
  useEffect(() => {
    if (data) setDays(String(data.days))
  }, [data])
  if (!data) return null
  const n = /^\d{1,3}$/.test(days) ? Number(days) : -1
  return (
    <section className="card stack-s" aria-labelledby="referral-days">
      <h2 id="referral-days">{w.daysTitle}</h2>
      {saved ? <Banner tone="good" title={w.daysSaved} /> : null}
      {rest('days') ? <Banner tone="bad" title={rest('days') ?? ''} /> : null}
      <TextField
        label={w.daysLabel}
        hint={w.daysHint}
        inputMode="numeric"
        value={days}
        error={at('days')}
        onValue={v => {
          setSaved(false)
          setDays(v)
        }}
        data-testid="referral-days"
      />
      <div className="row">
        <Button
          busy={busy}
          why={n < 0 ? words.form.needed(w.daysLabel) : undefined}
          onClick={() =>
            void submit(() => api.put('/referral-days', { days: n })).then(ok => {
              if (ok) setSaved(true)
            })
          }
          data-testid="referral-days-save"
        >
          {w.daysSave}
        </Button>
      </div>
    </section>
  )
}
