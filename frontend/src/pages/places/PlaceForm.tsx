import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { PlaceDetail, PlaceState } from '../../api/places'
import type { Agency } from '../../api/session'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CheckList } from '../../parts/CheckList'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { readCount, readPoint } from './readNumbers'
import { usePlaceLists } from './usePlaceLists'
import './places.css'

interface Props {
  place: PlaceDetail | null
  issueMeeting?: string
  issueNote?: string
}

const FIELDS = [
  'name',
  'kind',
  'fields',
  'district',
  'address',
  'lat',
  'capacity',
  'hours',
  'contact',
  'terms',
  'state',
  'agencyId',
  'note',
]

/** The form of a 社会資源; what was typed stays when it is refused. */
export function PlaceForm({ place, issueMeeting = '', issueNote = '' }: Props) {
  const actor = useActor()
  const holder = actor.roles.includes('secretariat') || actor.roles.includes('city')
  const { data: agencies } = useLoad<{ agencies: Agency[] }>('/agencies')
  const lists = usePlaceLists()
  const [, go] = useLocation()
  // Who comes from a need that no place answers begins with one in preparation; nothing of anybody stands in the address.
  const preparing = new URLSearchParams(window.location.search).get('state') === 'preparing'
  const { submit, busy, at, rest } = useSubmit()
  const [p, setPlace] = useState({
    name: place?.name ?? '',
    kind: place?.kind ?? '',
    fields: place?.fields ?? [],
    district: place?.district ?? '',
    address: place?.address ?? '',
    hours: place?.hours ?? '',
    contact: place?.contact ?? '',
    terms: place?.terms ?? '',
    state: place?.state ?? (issueNote || preparing ? 'preparing' : 'open'),
    agencyId: place?.agencyId ?? actor.agencyId,
    note: place?.note ?? '',
  })
  const [point, setPoint] = useState(place?.lat == null || place.lng == null ? '' : `${place.lat}, ${place.lng}`)
  const [capacity, setCapacity] = useState(place?.capacity == null ? '' : String(place.capacity))
  const w = words.places
  const set = (part: Partial<typeof p>) => setPlace(s => ({ ...s, ...part }))
  const save = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      const [map, people] = [readPoint(point), readCount(capacity)]
      if (map === undefined) throw new ApiError('invalid', w.pointWrong, 'lat')
      if (people === undefined) throw new ApiError('invalid', words.form.noNumber, 'capacity')
      const body = {
        ...p,
        lat: map?.lat ?? null,
        lng: map?.lng ?? null,
        capacity: people,
        issueMeeting,
        issueNote,
        n: place?.n ?? 0,
      }
      const made = place
        ? await api.put<{ id: string }>(`/places/${place.id}`, body)
        : await api.post<{ id: string }>('/places', body)
      go(`/places/${made.id}`)
    })
  }
  const error = rest(...FIELDS)
  const text = (key: 'name' | 'district' | 'address', label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      value={p[key]}
      onValue={v => set({ [key]: v })}
      error={at(key)}
      required={key === 'name'}
      data-testid={`place-${key}`}
    />
  )
  const memo = (key: 'hours' | 'contact' | 'terms' | 'note', label: string, hint?: string) => (
    <TextArea
      label={label}
      hint={hint}
      rows={2}
      value={p[key]}
      onValue={v => set({ [key]: v })}
      error={at(key)}
      data-testid={`place-${key}`}
    />
  )
  return (
    <form className="stack" onSubmit={save} noValidate>
      {error ? <Banner tone="bad" title={error} /> : null}
      {text('name', w.name)}
      <div className="place-grid">
        <SelectField
          label={w.kind}
          value={p.kind}
          options={[{ value: '', label: words.form.choose }, ...lists.kinds]}
          onValue={kind => set({ kind })}
          error={at('kind')}
          required
          data-testid="place-kind"
        />
        <SelectField
          label={w.state}
          value={p.state}
          options={Object.entries(w.states).map(([value, label]) => ({ value, label }))}
          onValue={v => set({ state: v as PlaceState })}
          error={at('state')}
          data-testid="place-state"
        />
        {holder ? (
          <SelectField
            label={w.agency}
            value={p.agencyId}
            options={(agencies?.agencies ?? []).filter(a => a.active).map(a => ({ value: a.id, label: a.name }))}
            onValue={agencyId => set({ agencyId })}
            error={at('agencyId')}
            data-testid="place-agency"
          />
        ) : (
          <TextField label={w.agency} value={actor.agencyName} onValue={() => {}} readOnly />
        )}
      </div>
      <CheckList
        label={w.fields}
        options={lists.fields}
        value={p.fields}
        onValue={fields => set({ fields })}
        error={at('fields')}
        testid="place-field"
      />
      <div className="place-grid">
        {text('district', w.district, w.districtHint)}
        {text('address', w.address, w.addressHint)}
      </div>
      <div className="place-grid">
        <TextField
          label={w.point}
          hint={w.pointHint}
          value={point}
          onValue={setPoint}
          error={at('lat')}
          autoComplete="off"
          data-testid="place-point"
        />
        <TextField
          label={w.capacity}
          hint={w.capacityHint}
          value={capacity}
          onValue={setCapacity}
          error={at('capacity')}
          inputMode="numeric"
          autoComplete="off"
          data-testid="place-capacity"
        />
      </div>
      {memo('hours', w.hours, w.hoursHint)}
      {memo('contact', w.contact, w.contactHint)}
      {memo('terms', w.terms, w.termsHint)}
      {memo('note', w.note, w.noteHint)}
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="place-save">
          {w.save}
        </Button>
        <Link href={place ? `/places/${place.id}` : '/places'} className="button" data-kind="text">
          {w.cancel}
        </Link>
      </div>
    </form>
  )
}
