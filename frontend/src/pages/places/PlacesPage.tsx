import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { PlacePage, PlaceQuery } from '../../api/places'
import { PageState } from '../../app/PageState'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { PlacesSave } from './PlacesSave'
import { stateTone } from './stateTone'
import { usePlaceLists } from './usePlaceLists'
import './places.css'

const NOTHING: PlaceQuery = { q: '', kind: '', field: '', district: '', state: '', page: 0 }

/** 社会資源台帳: the places and resources of the area, narrowed by words, kind, field, district and state. */
export function PlacesPage() {
  const [query, setQuery] = useState(NOTHING)
  const [typed, setTyped] = useState('')
  const [data, setData] = useState<PlacePage | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const lists = usePlaceLists()
  const run = useRef(0)
  const w = words.places

  const load = useCallback(async () => {
    const mine = ++run.current
    try {
      const got = await api.post<PlacePage>('/places/search', query)
      if (mine !== run.current) return
      setData(got)
      setError(null)
    } catch (e) {
      if (mine === run.current) setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
    }
  }, [query])
  useEffect(() => void load(), [load])

  if (!data) return <PageState error={error} reload={load} />
  const narrow = (part: Partial<PlaceQuery>) => setQuery(q => ({ ...q, q: typed.trim(), page: 0, ...part }))
  const find = (e: FormEvent) => {
    e.preventDefault()
    narrow({})
  }
  const any = { value: '', label: w.any }
  const narrowed = Object.entries(query).some(([k, v]) => k !== 'page' && v !== '')
  const states = Object.entries(w.states).map(([value, label]) => ({ value, label }))
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        {data.mayAdd ? (
          <Link href="/places/new" className="button" data-kind="solid" data-testid="place-new">
            {w.add}
          </Link>
        ) : null}
      </div>
      <p className="soft">{w.intro}</p>
      <form className="place-filter no-print" onSubmit={find}>
        <TextField
          label={w.search}
          value={typed}
          onValue={setTyped}
          type="search"
          error={error?.field === 'q' ? error.message : undefined}
          data-testid="place-q"
        />
        <SelectField
          label={w.kind}
          value={query.kind}
          options={[any, ...lists.kinds]}
          onValue={kind => narrow({ kind })}
          data-testid="place-kind"
        />
        <SelectField
          label={w.fields}
          value={query.field}
          options={[any, ...lists.fields]}
          onValue={field => narrow({ field })}
          data-testid="place-field"
        />
        <SelectField
          label={w.district}
          value={query.district}
          options={[any, ...data.districts.map(d => ({ value: d, label: d }))]}
          onValue={district => narrow({ district })}
          data-testid="place-district"
        />
        <SelectField
          label={w.state}
          value={query.state}
          options={[{ value: '', label: w.running }, { value: 'all', label: w.allStates }, ...states]}
          onValue={state => narrow({ state })}
          data-testid="place-state"
        />
        <div className="row">
          <Button type="submit" data-testid="place-find">
            {w.find}
          </Button>
          {narrowed ? (
            <Button
              kind="text"
              onClick={() => {
                setTyped('')
                setQuery(NOTHING)
              }}
              data-testid="place-clear"
            >
              {w.clear}
            </Button>
          ) : null}
        </div>
      </form>
      {error && error.field !== 'q' ? <Banner tone="bad" title={error.message} /> : null}
      <p role="status" data-testid="place-count">
        {data.total || narrowed ? w.count(data.total, data.all) : data.mayAdd ? w.empty : w.emptyRead}
      </p>
      {data.total === 0 && narrowed ? <p>{w.noHit}</p> : null}
      {data.places.length ? (
        <Table caption={w.title} head={w.heads} data-testid="places">
          {data.places.map(p => (
            <tr key={p.id}>
              <th scope="row" className="place-name">
                <Link href={`/places/${p.id}`} data-testid={`place-${p.id}`}>
                  {p.name}
                </Link>
              </th>
              <td>{lists.kindOf(p.kind)}</td>
              <td>{lists.fieldsOf(p.fields)}</td>
              <td className="nowrap">{p.district}</td>
              <td className="num nowrap">{p.capacity === null ? '' : w.capacityOf(p.capacity)}</td>
              <td className="place-lines">{p.hours}</td>
              <td className="nowrap">
                <Chip tone={stateTone(p.state)}>{w.states[p.state]}</Chip>
              </td>
              <td>{p.agencyName}</td>
            </tr>
          ))}
        </Table>
      ) : null}
      {data.pages > 1 ? (
        <nav className="row no-print" aria-label={w.pages}>
          <Button
            onClick={() => setQuery(q => ({ ...q, page: q.page - 1 }))}
            why={query.page === 0 ? w.page(1, data.pages) : undefined}
            data-testid="place-prev"
          >
            {w.prev}
          </Button>
          <span>{w.page(query.page + 1, data.pages)}</span>
          <Button
            onClick={() => setQuery(q => ({ ...q, page: q.page + 1 }))}
            why={query.page + 1 >= data.pages ? w.page(data.pages, data.pages) : undefined}
            data-testid="place-next"
          >
            {w.next}
          </Button>
        </nav>
      ) : null}
      {data.total ? <PlacesSave query={query} mayTake={data.mayTake} /> : null}
    </div>
  )
}
