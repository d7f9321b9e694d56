import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import type { PlanRow } from '../plan/PlanRow'
import { MomentField } from './MomentField'
import { RowDialog } from './RowDialog'

interface Props {
  row: PlanRow
  onClose: () => void
  onRemoved: () => void
}

/** A relative who is no 世帯員 of the case. */
export function KinDialog({ row, onClose, onRemoved }: Props) {
  const w = words.household.genogram
  const at = (name: string) => `kin/${row.id}/${name}`
  const value = (name: string) => row.doc.values.get(at(name))
  const set = (name: string) => (v: string | boolean) => row.doc.values.set({ [at(name)]: v })
  return (
    <RowDialog
      title={w.kinDialog}
      kind="kin"
      row={row}
      text={{ label: w.name, hint: w.nameHint, rows: 1, limit: 60 }}
      onClose={onClose}
      onRemoved={onRemoved}
    >
      <SelectField
        label={w.sex}
        value={String(value('sex') ?? '')}
        options={[{ value: '', label: words.household.choose }, ...w.sexes.map(([value, label]) => ({ value, label }))]}
        onValue={set('sex')}
        data-testid="kin-sex"
      />
      <MomentField
        label={w.birth}
        value={String(value('birth') ?? '')}
        onValue={set('birth')}
        data-testid="kin-birth"
      />
      <Check label={w.home} checked={value('home') === true} onValue={set('home')} />
      <Check label={w.dead} checked={value('dead') === true} onValue={set('dead')} />
      {value('dead') === true ? (
        <MomentField label={w.death} value={String(value('death') ?? '')} onValue={set('death')} />
      ) : null}
    </RowDialog>
  )
}
