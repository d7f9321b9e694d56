import { type FormEvent, useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { Town } from '../../api/firstRun'
import { PageState } from '../../app/PageState'
import { sessionStore } from '../../app/sessionStore'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  saveLabel?: string
  onSaved?: () => Promise<void>
}

/** 自治体: name, code and the 年度 it begins in. */
export function TownForm({ saveLabel, onSaved }: Props) {
  const { data, error, reload, put } = useLoad<Town>('/town')
  const [town, setTown] = useState<{ name: string; code: string; since: number } | null>(null)
  const [saved, setSaved] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.firstRun
  useEffect(() => {
    if (data) setTown({ name: data.name, code: data.code, since: data.since })
  }, [data])
  if (!data || !town) return <PageState error={error} reload={reload} />
  const set = (part: Partial<typeof town>) => {
    setSaved(false)
    setTown({ ...town, ...part })
  }
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      put(await api.put<Town>('/town', town))
      setSaved(true)
      await sessionStore.load()
      await onSaved?.()
    })
  }
  const other = rest('name', 'code', 'since')
  const known = town.code === data.code ? data.prefecture : ''
  return (
    <form className="card stack" onSubmit={send} noValidate aria-labelledby="town-title">
      <h2 id="town-title">{w.town}</h2>
      {other ? <Banner tone="bad" title={other} /> : null}
      {saved ? <Banner tone="good" title={w.townSaved} data-testid="town-saved" /> : null}
      <TextField
        label={w.townName}
        hint={w.townNameHint}
        value={town.name}
        onValue={name => set({ name })}
        error={at('name')}
        required
        data-testid="town-name"
      />
      <TextField
        label={w.code}
        hint={known ? `${w.codeHint}（${known}）` : w.codeHint}
        inputMode="numeric"
        value={town.code}
        onValue={code => set({ code })}
        error={at('code')}
        data-testid="town-code"
      />
      <SelectField
        label={w.since}
        hint={w.sinceHint}
        value={String(town.since)}
        options={[
          { value: '0', label: w.sinceNone },
          ...data.years.map(y => ({ value: String(y.year), label: y.name })),
        ]}
        onValue={y => set({ since: Number(y) })}
        error={at('since')}
        data-testid="town-since"
      />
      <div>
        <Button type="submit" kind="solid" busy={busy} data-testid="town-save">
          {saveLabel ?? words.form.save}
        </Button>
      </div>
    </form>
  )
}
