import { useState } from 'react'
import { Withheld } from '../../live/Withheld'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import type { PlanRow } from '../plan/PlanRow'
import { type Removed, RemovedNotice } from '../plan/RemovedNotice'
import { useRowAdder } from '../plan/useRowAdder'
import { BondDialog } from './BondDialog'
import { BondList } from './BondList'
import { bondsOf } from './bonds'
import { GenogramDrawing } from './GenogramDrawing'
import { KinDialog } from './KinDialog'
import { TieDialog } from './TieDialog'
import { TieList } from './TieList'
import { useBondAdder } from './useBondAdder'
import { useFamily } from './useFamily'
import type { Household } from './useHousehold'

interface Props {
  household: Household
}

const HERE = { personId: '', item: 'family' }

/** ジェノグラム: drawn from the people and the lines between them, nothing is placed by hand. */
export function GenogramTab({ household }: Props) {
  const { page, entries } = household
  const family = useFamily(household)
  const w = words.household.genogram
  const [open, setOpen] = useState('')
  const [seen, setSeen] = useState('')
  const [removed, setRemoved] = useState<Removed | null>(null)
  const [bonding, setBonding] = useState(false)
  const bonds = bondsOf(entries)
  const bonder = useBondAdder(household)
  const adder = useRowAdder('section', page.case.id, entries, page.sections, household.reload)
  if (adder.added && adder.added !== seen) {
    setSeen(adder.added)
    setOpen(adder.added)
  }
  if (!family.entry) return <Withheld label={w.label} reason={reason(household)} />
  const kin = family.kin.find(r => r.id === open)
  const tie = family.rows.find(r => r.id === open)
  const gone = (kind: string, row: PlanRow, name: string) => () => {
    setRemoved({ kind, row, name })
    setOpen('')
  }
  const nameOfKin = (id: string) => family.people.find(p => p.id === id)?.name ?? ''
  return (
    <div className="stack">
      {family.edit ? (
        <div className="toolbar no-print">
          <Button busy={adder.busy} onClick={() => adder.add('kin', HERE)} data-testid="add-kin">
            ＋ {w.addKin}
          </Button>
          <Button busy={adder.busy} onClick={() => adder.add('tie', HERE, { kind: 'child' })} data-testid="add-tie">
            ＋ {w.addTie}
          </Button>
          <Button busy={bonder.busy} onClick={() => setBonding(true)} data-testid="add-bond">
            ＋ {w.addBond}
          </Button>
          <RemovedNotice removed={removed} onUndo={() => setRemoved(null)} />
        </div>
      ) : null}
      {bonder.error ? <Banner tone="bad" title={bonder.error.message} /> : null}
      <GenogramDrawing people={family.people} ties={family.ties} bonds={bonds} />
      <TieList family={family} onOpen={setOpen} />
      <BondList bonds={bonds} people={family.people} edit={family.edit} />
      {bonding && family.edit ? (
        <BondDialog
          people={family.people}
          isPerson={id => page.persons.some(p => p.id === id)}
          onAdd={bonder.add}
          onClose={() => setBonding(false)}
        />
      ) : null}
      {kin && family.edit ? (
        <KinDialog row={kin} onClose={() => setOpen('')} onRemoved={gone('kin', kin, nameOfKin(kin.id))} />
      ) : null}
      {tie && family.edit ? (
        <TieDialog row={tie} people={family.people} onClose={() => setOpen('')} onRemoved={gone('tie', tie, w.kind)} />
      ) : null}
    </div>
  )
}

function reason({ page }: Household): string | undefined {
  return page.sections.find(s => !s.personId && s.item === 'family')?.reasonLabel
}
