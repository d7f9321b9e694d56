import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import type { PlanRow } from '../plan/PlanRow'
import type { Relative } from './Relative'
import { RowDialog } from './RowDialog'

interface Props {
  row: PlanRow
  people: readonly Relative[]
  onClose: () => void
  onRemoved: () => void
}

/** A line between two people of the ジェノグラム. */
export function TieDialog({ row, people, onClose, onRemoved }: Props) {
  const w = words.household.genogram
  const at = (name: string) => `tie/${row.id}/${name}`
  const value = (name: string) => String(row.doc.values.get(at(name)) ?? '')
  const set = (name: string) => (v: string) => row.doc.values.set({ [at(name)]: v })
  const down = value('kind') === 'child' || value('kind') === 'adopted'
  const options = (other: string) => [
    { value: '', label: words.household.nobody },
    ...people
      .filter(p => p.id !== other)
      .map(p => ({ value: p.id, label: p.relation ? `${p.name}（${p.relation}）` : p.name })),
  ]
  return (
    <RowDialog title={w.tieDialog} kind="tie" row={row} onClose={onClose} onRemoved={onRemoved}>
      <SelectField
        label={w.kind}
        value={value('kind')}
        options={w.kinds.map(([value, label]) => ({ value, label }))}
        onValue={set('kind')}
        data-testid="tie-kind"
      />
      <SelectField
        label={down ? w.parent : w.one}
        value={value('a')}
        options={options(value('b'))}
        onValue={set('a')}
        data-testid="tie-a"
      />
      <SelectField
        label={down ? w.child : w.other}
        value={value('b')}
        options={options(value('a'))}
        onValue={set('b')}
        data-testid="tie-b"
      />
    </RowDialog>
  )
}
