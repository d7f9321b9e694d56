import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  /** Where it is kept; also the id of the card. */
  of: 'handout-days' | 'referral-days'
  w: Record<'daysTitle' | 'daysSaved' | 'daysLabel' | 'daysHint' | 'daysSave', string>
}

/** A number of days the municipality sets: 資料回収 after 閉会, つなぎ without an answer. */
export function DaysCard({ of, w }: Props) {
  const { data } = useLoad<{ days: number }>(`/${of}`)
  const [days, setDays] = useState('')
  const [saved, setSaved] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  useEffect(() => {
    if (data) setDays(String(data.days))
  }, [data])
  if (!data) return null
  const n = /^\d{1,3}$/.test(days) ? Number(days) : -1
  return (
    <section className="card stack-s" aria-labelledby={of}>
      <h2 id={of}>{w.daysTitle}</h2>
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
        data-testid={of}
      />
      <div className="row">
        <Button
          busy={busy}
          why={n < 0 ? words.form.needed(w.daysLabel) : undefined}
          onClick={() =>
            void submit(() => api.put(`/${of}`, { days: n })).then(ok => {
              if (ok) setSaved(true)
            })
          }
          data-testid={`${of}-save`}
        >
          {w.daysSave}
        </Button>
      </div>
    </section>
  )
}
