import { useState } from 'react'
import { api } from '../../api/api'
import type { Agency } from '../../api/session'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { useCategories } from './useCategories'

interface Props {
  agency: Agency | null
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Registers or changes an agency. */
export function AgencyDialog({ agency, onClose, onSaved }: Props) {
  const [a, setAgency] = useState(
    agency ?? { id: '', name: '', short: '', category: '', city: false, active: true, contact: '', phone: '' },
  )
  const [addresses, setAddresses] = useState((agency?.addresses ?? []).join('\n'))
  const { submit, busy, at, rest } = useSubmit()
  const categories = useCategories()
  const w = words.admin
  const set = (part: Partial<Agency>) => setAgency(s => ({ ...s, ...part }))
  const save = () =>
    void submit(async () => {
      const { id: _, ...rest } = a
      const body = { ...rest, addresses: addresses.split(/\s+/).filter(Boolean) }
      if (agency) await api.put(`/agencies/${agency.id}`, body)
      else await api.post('/agencies', body)
      await onSaved()
    })
  const error = rest('name', 'short', 'category', 'contact', 'phone', 'addresses')
  return (
    <Dialog
      title={agency ? w.editAgency : w.addAgency}
      onClose={onClose}
      data-testid="agency-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="agency-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <TextField
          label={w.name}
          value={a.name}
          onValue={name => set({ name })}
          error={at('name')}
          required
          data-testid="agency-name"
        />
        <TextField
          label={w.short}
          value={a.short}
          onValue={short => set({ short })}
          error={at('short')}
          required
          data-testid="agency-short"
        />
        <SelectField
          label={w.category}
          value={a.category}
          options={[{ value: '', label: words.form.choose }, ...categories]}
          onValue={category => set({ category })}
          error={at('category')}
          data-testid="agency-category"
        />
        <div className="form-grid">
          <TextField
            label={words.firstRun.contact}
            hint={words.firstRun.contactHint}
            value={a.contact ?? ''}
            onValue={contact => set({ contact })}
            error={at('contact')}
            data-testid="agency-contact"
          />
          <TextField
            label={words.firstRun.phone}
            hint={words.firstRun.phoneHint}
            inputMode="tel"
            value={a.phone ?? ''}
            onValue={phone => set({ phone })}
            error={at('phone')}
            data-testid="agency-phone"
          />
        </div>
        <TextArea
          label={words.account.addresses}
          hint={words.account.addressesHint}
          value={addresses}
          onValue={setAddresses}
          error={at('addresses')}
          data-testid="agency-addresses"
        />
        <div className="row">
          <Check label={w.city} checked={a.city} onValue={city => set({ city })} />
          <Check label={w.active} checked={a.active} onValue={active => set({ active })} />
        </div>
      </div>
    </Dialog>
  )
}
