import { useState } from 'react'
import { api } from '../../api/api'
import type { Answer } from '../../api/schema'
import type { Agency } from '../../api/session'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { TokenDesk } from './TokensPage'

interface Props {
  desk: TokenDesk
  onClose: () => void
  onMade: (token: string) => Promise<void>
}

/** Makes a 連携用トークン. */
export function TokenDialog({ desk, onClose, onMade }: Props) {
  const { data } = useLoad<{ agencies: Agency[] }>('/agencies')
  const [name, setName] = useState('')
  const [agencyId, setAgency] = useState('')
  const [scopes, setScopes] = useState<string[]>([])
  const [addresses, setAddresses] = useState('')
  const [days, setDays] = useState('365')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.tokens
  const agencies = (data?.agencies ?? []).filter(a => a.active)
  const city = agencies.find(a => a.id === agencyId)?.city ?? false
  const chosen = scopes.filter(id => city || !desk.scopes.find(s => s.id === id)?.city)
  const save = () =>
    void submit(async () => {
      const made = await api.post<Answer<'POST /api/tokens'>>('/tokens', {
        name,
        agencyId,
        scopes: chosen,
        addresses: addresses.split(/\s+/).filter(Boolean),
        days: Number(days) || 0,
      })
      await onMade(made.token)
    })
  const error = rest('name', 'agencyId', 'scopes', 'addresses', 'days')
  return (
    <Dialog
      title={w.make}
      onClose={onClose}
      data-testid="token-dialog"
      foot={
        <>
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="token-save">
            {w.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <TextField
          label={w.name}
          hint={w.nameHint}
          value={name}
          onValue={setName}
          error={at('name')}
          required
          data-testid="token-name"
        />
        <SelectField
          label={w.agency}
          hint={w.agencyHint}
          value={agencyId}
          onValue={setAgency}
          error={at('agencyId')}
          options={[{ value: '', label: w.choose }, ...agencies.map(a => ({ value: a.id, label: a.name }))]}
          data-testid="token-agency"
        />
        <fieldset className="stack-s">
          <legend>{w.scopes}</legend>
          {at('scopes') ? <Banner tone="bad" title={at('scopes') ?? ''} /> : null}
          {desk.scopes.map(s => (
            <Check
              key={s.id}
              label={s.city ? `${s.label}${w.cityOnly}` : s.label}
              checked={chosen.includes(s.id)}
              disabled={s.city && !city}
              onValue={on => setScopes(on ? [...chosen, s.id] : chosen.filter(x => x !== s.id))}
              data-testid={`token-scope-${s.id}`}
            />
          ))}
        </fieldset>
        <TextArea
          label={w.addresses}
          hint={w.addressesHint}
          value={addresses}
          onValue={setAddresses}
          error={at('addresses')}
          rows={3}
        />
        <TextField
          label={w.days}
          hint={w.daysHint(desk.maxDays)}
          value={days}
          onValue={setDays}
          error={at('days')}
          inputMode="numeric"
          data-testid="token-days"
        />
      </div>
    </Dialog>
  )
}
