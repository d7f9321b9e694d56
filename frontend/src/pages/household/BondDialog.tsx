import { useState } from 'react'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import type { Bond } from './Bond'
import { BondSign } from './BondSign'
import type { Relative } from './Relative'

interface Props {
  people: readonly Relative[]
  /** Relatives alone have no document of their own: at least one of the two is a 世帯員. */
  isPerson: (id: string) => boolean
  onAdd: (bond: Omit<Bond, 'id'>) => void
  onClose: () => void
}

/** A new 関係性 between two people of the ジェノグラム. */
export function BondDialog({ people, isPerson, onAdd, onClose }: Props) {
  const [bond, setBond] = useState({ a: '', b: '', kind: 'close' as Bond['kind'] })
  const w = words.household.genogram
  const set = (part: Partial<typeof bond>) => setBond(s => ({ ...s, ...part }))
  const abuse = bond.kind === 'abuse'
  const options = (other: string) => [
    { value: '', label: words.household.nobody },
    ...people
      .filter(p => p.id !== other)
      .map(p => ({ value: p.id, label: p.relation ? `${p.name}（${p.relation}）` : p.name })),
  ]
  const kinOnly = Boolean(bond.a && bond.b && !isPerson(bond.a) && !isPerson(bond.b))
  const why = !bond.a || !bond.b ? words.household.nobody : kinOnly ? w.bondKin : undefined
  return (
    <Dialog
      title={w.bondDialog}
      onClose={onClose}
      data-testid="bond-dialog"
      foot={
        <Button
          kind="solid"
          why={why}
          onClick={() => {
            onAdd(bond)
            onClose()
          }}
          data-testid="bond-do"
        >
          {w.bondDo}
        </Button>
      }
    >
      <div className="stack">
        <SelectField
          label={w.bondKind}
          value={bond.kind}
          options={w.bondKinds.map(([value, label]) => ({ value, label }))}
          onValue={kind => set({ kind: kind as Bond['kind'] })}
          data-testid="bond-kind"
        />
        <p className="row">
          <BondSign kind={bond.kind} />
          <span className="soft">{abuse ? w.bondAbuse : w.bondClass}</span>
        </p>
        <SelectField
          label={abuse ? w.bondDoer : w.one}
          value={bond.a}
          options={options(bond.b)}
          onValue={a => set({ a })}
          data-testid="bond-a"
        />
        <SelectField
          label={abuse ? w.bondSufferer : w.other}
          value={bond.b}
          options={options(bond.a)}
          onValue={b => set({ b })}
          data-testid="bond-b"
        />
        {kinOnly ? <Banner tone="warn" title={w.bondKin} /> : null}
      </div>
    </Dialog>
  )
}
