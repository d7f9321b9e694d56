import { useState } from 'react'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { type BondRow, setBondGone } from './bonds'
import type { Relative } from './Relative'

interface Props {
  bonds: readonly BondRow[]
  people: readonly Relative[]
  edit: boolean
}

/** 関係性 in words, for who reads the drawing by ear, and the way to take one away. */
export function BondList({ bonds, people, edit }: Props) {
  const [gone, setGone] = useState<BondRow | null>(null)
  const w = words.household.genogram
  const name = (id: string) => people.find(p => p.id === id)?.name ?? words.household.nobody
  const label = (b: BondRow) => {
    const kind = w.bondKinds.find(([k]) => k === b.kind)?.[1] ?? ''
    return b.kind === 'abuse' ? w.bondFrom(name(b.a), name(b.b), kind) : w.between(name(b.a), name(b.b), kind)
  }
  return (
    <section className="card stack-s" aria-label={w.bonds} data-testid="bonds">
      <h3>{w.bonds}</h3>
      <p className="soft">{w.bondNote}</p>
      {bonds.length ? null : <p className="soft">{w.noBonds}</p>}
      <ul className="list">
        {bonds.map(b => (
          <li key={b.id} className="between">
            <bdi dir="ltr">{label(b)}</bdi>
            {edit ? (
              <Button
                small
                kind="text"
                aria-label={`${label(b)}：${words.household.remove}`}
                onClick={() => {
                  setBondGone(b, true)
                  setGone(b)
                }}
              >
                {words.household.remove}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {gone && edit ? (
        <p role="status" className="row">
          {w.bondGone(label(gone))}
          <Button
            small
            onClick={() => {
              setBondGone(gone, false)
              setGone(null)
            }}
            data-testid="bond-undo"
          >
            {words.matrix.undo}
          </Button>
        </p>
      ) : null}
    </section>
  )
}
