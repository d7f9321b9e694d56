import { useState } from 'react'
import { api } from '../../api/api'
import type { Room } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CopyButton } from '../../parts/CopyButton'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  room: Room
  onClose: () => void
  onDone: () => Promise<void>
}

/** Invites a person without account: link and PIN are shown once. */
export function GuestDialog({ room, onClose, onDone }: Props) {
  const [form, setForm] = useState({ name: '', kana: '', agencyId: '', post: '' })
  const [made, setMade] = useState<{ url: string; pin: string; expiresAt: string; qr?: string | null } | null>(null)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.meeting
  const set = (part: Partial<typeof form>) => setForm(s => ({ ...s, ...part }))
  const send = () =>
    void submit(async () => {
      setMade(await api.post(`/meetings/${room.meeting.id}/guests`, form))
      await onDone()
    })
  const url = made ? new URL(made.url, window.location.href).href : ''
  const error = rest('name', 'kana', 'agencyId', 'post')
  return (
    <Dialog title={w.guests} onClose={onClose} data-testid="guest-dialog">
      {made ? (
        <div className="stack">
          <Banner tone="warn" title={w.guestOnce} />
          {made.qr ? (
            <figure className="guest-qr">
              <img
                className="qr"
                src={`data:image/png;base64,${made.qr}`}
                alt={words.during.qrAlt}
                width={220}
                height={220}
                data-testid="guest-qr"
              />
              <figcaption className="soft">{words.during.qrHint}</figcaption>
            </figure>
          ) : null}
          <dl className="pairs">
            <dt>{w.guestURL}</dt>
            <dd>
              <span className="mono" data-testid="guest-url">
                {url}
              </span>{' '}
              <CopyButton text={url} />
            </dd>
            <dt>{w.guestPIN}</dt>
            <dd>
              <strong className="pin num" data-testid="guest-pin">
                {made.pin}
              </strong>
            </dd>
          </dl>
          <section className="guest-types stack-s" aria-label={w.guestTypes} data-testid="guest-types">
            <p>{w.guestTypes}</p>
            <dl className="pairs">
              <dt>{w.guestTypesName}</dt>
              <dd>
                <strong>{form.name}</strong>
              </dd>
              <dt>{w.guestTypesAgency}</dt>
              <dd>
                <strong>{room.seats.find(s => s.agencyId === form.agencyId)?.name}</strong>
              </dd>
            </dl>
          </section>
          <p className="soft">{w.guestUntil(showInstant(made.expiresAt, 'wareki'))}</p>
        </div>
      ) : (
        <div className="stack">
          {error ? <Banner tone="bad" title={error} /> : null}
          <TextField
            label={w.guestName}
            value={form.name}
            onValue={name => set({ name })}
            error={at('name')}
            required
            data-testid="guest-name"
          />
          <TextField
            label={w.guestKana}
            value={form.kana}
            onValue={kana => set({ kana })}
            error={at('kana')}
            data-testid="guest-kana"
          />
          <SelectField
            label={w.guestAgency}
            hint={w.guestAgencyHint}
            value={form.agencyId}
            options={[
              { value: '', label: words.form.choose },
              ...room.seats.map(s => ({ value: s.agencyId, label: s.name })),
            ]}
            onValue={agencyId => set({ agencyId })}
            error={at('agencyId')}
            required
            data-testid="guest-agency"
          />
          <TextField label={w.guestPost} value={form.post} onValue={post => set({ post })} error={at('post')} />
          <div>
            <Button
              kind="solid"
              busy={busy}
              why={form.name.trim() && form.agencyId ? undefined : words.form.needed(w.guestName)}
              onClick={send}
              data-testid="guest-make"
            >
              {w.guestMake}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
