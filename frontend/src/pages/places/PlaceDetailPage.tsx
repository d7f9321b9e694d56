import { useState } from 'react'
import { Link } from 'wouter'
import type { PlaceDetail } from '../../api/places'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'
import { CaresCard } from './CaresCard'
import { DaysCard } from './DaysCard'
import { LinksCard } from './LinksCard'
import { stateTone } from './stateTone'
import { usePlaceLists } from './usePlaceLists'
import './places.css'

/** One 社会資源: what it is, how many came when, and who was brought there as far as the reader may know. */
export function PlaceDetailPage({ id }: { id: string }) {
  const { data, error, reload } = useLoad<PlaceDetail>(`/places/${id}`)
  const [said, setSaid] = useState('')
  const lists = usePlaceLists()
  const w = words.places
  if (!data) return <PageState error={error} reload={reload} />
  const changed = async (word: string) => {
    await reload()
    setSaid(word)
  }
  const point = data.lat === null || data.lng === null ? '' : `${data.lat}, ${data.lng}`
  const rows: [string, string][] = [
    [w.kind, lists.kindOf(data.kind)],
    [w.fields, lists.fieldsOf(data.fields)],
    [w.district, data.district],
    [w.address, data.address],
    [w.capacity, data.capacity === null ? '' : w.capacityOf(data.capacity)],
    [w.hours, data.hours],
    [w.contact, data.contact],
    [w.terms, data.terms],
    [w.agency, data.agencyName],
    [w.note, data.note],
    [w.point, point],
  ]
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href="/places">{w.title}</Link>
      </p>
      <div className="between">
        <div className="row">
          <h1>{data.name}</h1>
          <Chip tone={stateTone(data.state)} data-testid="place-is">
            {w.states[data.state]}
          </Chip>
        </div>
        {data.keep ? (
          <Link href={`/places/${id}/edit`} className="button" data-testid="place-edit">
            {w.edit}
          </Link>
        ) : null}
      </div>
      <p role="status" className="soft" data-testid="place-said">
        {said}
      </p>
      <section className="card stack-s" aria-label={data.name}>
        <dl className="pairs">
          {rows.map(([term, text]) => (
            <Pair key={term} term={term}>
              {text ? <span className="place-lines">{text}</span> : <span className="soft">{w.none}</span>}
            </Pair>
          ))}
          {data.issue ? <Pair term={w.issue}>{data.issue}</Pair> : null}
        </dl>
        <p className="soft">{w.updated(showInstant(data.at, 'short'), data.byName)}</p>
      </section>
      <DaysCard place={data} onChanged={changed} />
      <LinksCard place={data} onChanged={changed} />
      {data.keep ? <CaresCard place={data} onChanged={changed} /> : null}
    </div>
  )
}
