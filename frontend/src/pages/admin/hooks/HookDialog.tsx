import { useState } from 'react'
import { api } from '../../../api/api'
import type { Answer } from '../../../api/schema'
import type { Agency } from '../../../api/session'
import { useLoad } from '../../../app/useLoad'
import { useSubmit } from '../../../app/useSubmit'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { Check } from '../../../parts/Check'
import { Dialog } from '../../../parts/Dialog'
import { SelectField } from '../../../parts/SelectField'
import { TextField } from '../../../parts/TextField'
import { words } from '../../../words'
import { HookMore } from './HookMore'
import type { Hook, HookDesk } from './Hooks'

interface Props {
  desk: HookDesk
  /** The address that is changed; null = a new one. */
  hook: Hook | null
  onClose: () => void
  /** A secret that was made is shown once; '' = none was. */
  onDone: (secret: string) => Promise<void>
}

/** Adds an address of 連携先への通知, or changes one. */
export function HookDialog({ desk, hook, onClose, onDone }: Props) {
  const { data } = useLoad<{ agencies: Agency[] }>('/agencies')
  const [url, setUrl] = useState(hook?.url ?? '')
  const [note, setNote] = useState(hook?.note ?? '')
  const [agencyId, setAgency] = useState(hook?.agencyId ?? '')
  const [kinds, setKinds] = useState<string[]>(hook?.kinds ?? [])
  const { submit, busy, at, rest } = useSubmit()
  const w = words.hooks
  const agencies = (data?.agencies ?? []).filter(a => a.active || a.id === hook?.agencyId)
  const city = agencies.find(a => a.id === agencyId)?.city ?? false
  const open = desk.kinds.filter(k => city || !k.city).map(k => k.id)
  const chosen = kinds.filter(k => open.includes(k))
  const save = () =>
    void submit(async () => {
      const body = { agencyId, url: url.trim(), note, kinds: chosen, on: hook?.offAt === null || !hook }
      if (hook) {
        await api.put(`/webhooks/${hook.id}`, body)
        await onDone('')
        return
      }
      const made = await api.post<Answer<'POST /api/webhooks'>>('/webhooks', body)
      await onDone(made.secret)
    })
  const error = rest('url', 'agencyId', 'note', 'kinds')
  return (
    <Dialog
      title={hook ? w.change : w.add}
      onClose={onClose}
      data-testid="hook-dialog"
      foot={
        <>
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="hook-save">
            {hook ? w.save : w.make}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <TextField
          label={w.url}
          hint={w.urlHint}
          value={url}
          onValue={setUrl}
          error={at('url')}
          inputMode="url"
          autoComplete="off"
          required
          data-testid="hook-url"
        />
        {hook ? (
          <p>
            {w.agency}：{hook.agencyName}
          </p>
        ) : (
          <SelectField
            label={w.agency}
            hint={w.agencyHint}
            value={agencyId}
            onValue={setAgency}
            error={at('agencyId')}
            options={[{ value: '', label: w.choose }, ...agencies.map(a => ({ value: a.id, label: a.name }))]}
            data-testid="hook-agency"
          />
        )}
        <TextField label={w.note} hint={w.noteHint} value={note} onValue={setNote} error={at('note')} />
        <fieldset className="stack-s">
          <legend className="field-label">{w.kinds}</legend>
          {at('kinds') ? <Banner tone="bad" title={at('kinds') ?? ''} /> : null}
          <div className="row">
            <Button
              small
              onClick={() => setKinds(open)}
              why={agencyId ? undefined : w.agencyFirst}
              data-testid="hook-all"
            >
              {w.all}
            </Button>
            <Button small onClick={() => setKinds([])}>
              {w.none}
            </Button>
            <span className="soft" role="status">
              {w.chosen(chosen.length)}
            </span>
          </div>
          <div className="hook-kinds">
            {desk.kinds.map(k => (
              <Check
                key={k.id}
                label={k.city ? `${k.label}${w.cityOnly}` : k.label}
                checked={chosen.includes(k.id)}
                disabled={!open.includes(k.id)}
                onValue={on => setKinds(on ? [...chosen, k.id] : chosen.filter(x => x !== k.id))}
                data-testid={`hook-kind-${k.id}`}
              />
            ))}
          </div>
        </fieldset>
        {hook ? <HookMore hook={hook} onDone={onDone} /> : null}
      </div>
    </Dialog>
  )
}
