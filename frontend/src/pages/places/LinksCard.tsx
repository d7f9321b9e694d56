import { useState } from 'react'
import { Link } from 'wouter'
import type { PlaceDetail, PlaceLink } from '../../api/places'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { LinkDialog } from './LinkDialog'
import { ResultDialog } from './ResultDialog'

interface Props {
  place: PlaceDetail
  onChanged: (said: string) => Promise<void>
}

/** コーディネート: who was brought here, as far as the reader may know. */
export function LinksCard({ place, onChanged }: Props) {
  const [adding, setAdding] = useState(false)
  const [telling, setTelling] = useState<PlaceLink | null>(null)
  const w = words.places
  const open = place.state === 'open' || place.state === 'preparing'
  const nameOf = (l: PlaceLink) => (l.caseId ? l.name : w.residentName)
  return (
    <section className="card stack-s" aria-labelledby="links-title">
      <div className="between">
        <h2 id="links-title">{w.links}</h2>
        {place.link && open ? (
          <Button onClick={() => setAdding(true)} data-testid="link-add">
            {w.addLink}
          </Button>
        ) : null}
      </div>
      <p className="soft">{w.linksIntro}</p>
      {place.links.length ? (
        <Table caption={w.linkList} head={w.linkHeads} data-testid="place-links">
          {place.links.map(l => (
            <tr key={l.id}>
              <th scope="row">
                {nameOf(l)}{' '}
                {l.caseId ? (
                  <Link href={`/cases/${l.caseId}`} className="nowrap">
                    {l.caseNumber}
                  </Link>
                ) : null}
              </th>
              <td className="nowrap">{l.roleLabel}</td>
              <td className="nowrap">{showDate(l.since, 'wareki')}</td>
              <td>
                {l.agencyName}
                <br />
                {l.byName}
              </td>
              <td>
                <Chip tone={l.result === 'going' ? 'good' : l.result === '' ? 'key' : 'plain'}>{l.resultLabel}</Chip>{' '}
                {l.resultOn ? <span className="nowrap">{showDate(l.resultOn, 'wareki')}</span> : null}
              </td>
              <td>
                {l.mayResult ? (
                  <Button
                    small
                    onClick={() => setTelling(l)}
                    aria-label={w.tellResultOf(nameOf(l))}
                    data-testid={`link-result-${l.id}`}
                  >
                    {w.tellResult}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p>{w.noLinks}</p>
      )}
      {adding ? (
        <LinkDialog
          placeId={place.id}
          residents={place.keep}
          onClose={() => setAdding(false)}
          onSaved={async () => {
            setAdding(false)
            await onChanged(w.linkKept)
          }}
        />
      ) : null}
      {telling ? (
        <ResultDialog
          link={telling}
          onClose={() => setTelling(null)}
          onSaved={async () => {
            setTelling(null)
            await onChanged(w.resultKept)
          }}
        />
      ) : null}
    </section>
  )
}
