import { type FormEvent, useState } from 'react'
import { api } from '../../api/api'
import type { AuditSettings } from '../../api/audit'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  settings: AuditSettings
  onSaved: (settings: AuditSettings) => void
}

/** What the municipality calls usual. */
export function SettingsPanel({ settings, onSaved }: Props) {
  const [value, setValue] = useState(settings)
  const [notice, setNotice] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.audit
  const number = (s: string) => Number(s.normalize('NFKC').replace(/\D/g, '').slice(0, 6))
  const save = (e: FormEvent) => {
    e.preventDefault()
    setNotice('')
    void submit(async () => {
      onSaved(await api.put<AuditSettings>('/audit/settings', value))
      setNotice(w.saved)
    })
  }
  const failed = rest('from', 'to', 'perHour', 'perDay')
  return (
    <form className="stack" onSubmit={save}>
      <p>{w.settingsHint}</p>
      <div className="toolbar">
        <TextField
          label={w.settingFrom}
          hint={w.timeHint}
          value={value.from}
          onValue={from => setValue({ ...value, from })}
          error={at('from')}
          data-testid="setting-from"
        />
        <TextField
          label={w.settingTo}
          value={value.to}
          onValue={to => setValue({ ...value, to })}
          error={at('to')}
          data-testid="setting-to"
        />
        <TextField
          label={w.perHour}
          inputMode="numeric"
          value={String(value.perHour || '')}
          onValue={v => setValue({ ...value, perHour: number(v) })}
          error={at('perHour')}
          data-testid="setting-hour"
        />
        <TextField
          label={w.perDay}
          inputMode="numeric"
          value={String(value.perDay || '')}
          onValue={v => setValue({ ...value, perDay: number(v) })}
          error={at('perDay')}
          data-testid="setting-day"
        />
      </div>
      <Check
        label={w.officeDays}
        checked={value.officeDays}
        onValue={officeDays => setValue({ ...value, officeDays })}
      />
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="setting-save">
          {words.form.save}
        </Button>
        <span role="status">{notice}</span>
      </div>
    </form>
  )
}
