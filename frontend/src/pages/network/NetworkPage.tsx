import { useState } from 'react'
import { Link } from 'wouter'
import type { Network } from '../../api/network'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { MOST } from './layout'
import { NetworkPicture } from './NetworkPicture'
import './network.css'

/** As many of the strongest ties stand in the table. */
const TIES = 30

/** 機関のつながり: who works with whom over all cases. */
export function NetworkPage() {
  const { data, error, reload } = useLoad<Network>('/figures/network')
  const [chosen, setChosen] = useState('')
  const w = words.network
  if (!data) return <PageState error={error} reload={reload} />
  const nameOf = (id: string) => data.nodes.find(n => n.id === id)?.name ?? ''
  const ties = data.ties.filter(t => !chosen || t.a === chosen || t.b === chosen)
  return (
    <div className="page stack">
      <p>
        <Link href="/figures">{words.figures.title}</Link>
      </p>
      <h1>{w.title}</h1>
      <p className="soft">{w.lead}</p>
      <p role="status" className="soft">
        {w.at(showInstant(data.at), data.year)}
      </p>
      {data.nodes.length ? (
        <>
          <SelectField
            label={w.agency}
            hint={w.choose}
            value={chosen}
            options={[{ value: '', label: w.all }, ...data.nodes.map(n => ({ value: n.id, label: n.name }))]}
            onValue={setChosen}
            data-testid="network-agency"
          />
          <section className="card">
            <NetworkPicture network={data} chosen={chosen} />
            {data.nodes.length > MOST ? <p className="soft">{w.shown(MOST)}</p> : null}
          </section>
          <Table caption={w.table} head={w.head} data-testid="network-nodes">
            {data.nodes.map(n => (
              <tr key={n.id}>
                <th scope="row">
                  {n.name} {n.dumps ? <Chip tone="warn">{w.dumps}</Chip> : null}
                </th>
                {[n.cases, n.with, n.sent, n.received, n.waiting, n.declined, n.left].map((v, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
                  <td key={i}>{v}</td>
                ))}
              </tr>
            ))}
          </Table>
          <p className="soft">{w.dumpsMeans}</p>
          <Table caption={w.ties} head={w.tieHead} data-testid="network-ties">
            {ties.slice(0, TIES).map(t => (
              <tr key={`${t.a} ${t.b}`}>
                <th scope="row">{nameOf(t.a)}</th>
                <td>{nameOf(t.b)}</td>
                <td>{t.cases}</td>
                <td>{t.referrals}</td>
              </tr>
            ))}
          </Table>
        </>
      ) : (
        <p>{w.none}</p>
      )}
    </div>
  )
}
