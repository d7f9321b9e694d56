import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import type { PlanRow } from '../plan/PlanRow'
import { agencyOptions } from './agencyOptions'
import { RowDialog } from './RowDialog'
import type { Household } from './useHousehold'

interface Props {
  household: Household
  row: PlanRow
  onClose: () => void
  onRemoved: () => void
}

/** A line of the エコマップ. */
export function LinkDialog({ household, row, onClose, onRemoved }: Props) {
  const w = words.household.ecomap
  const { persons } = household.page
  const at = (name: string) => `link/${row.id}/${name}`
  const value = (name: string) => String(row.doc.values.get(at(name)) ?? '')
  const set = (name: string) => (v: string) => row.doc.values.set({ [at(name)]: v })
  const agency = value('agency')
  return (
    <RowDialog
      title={w.dialog}
      kind="link"
      row={row}
      {...(agency ? {} : { text: { label: w.name, hint: w.nameHint, rows: 1, limit: 40 } })}
      onClose={onClose}
      onRemoved={onRemoved}
    >
      <SelectField
        label={w.agency}
        value={agency}
        options={agencyOptions(household, agency, w.noAgency)}
        onValue={set('agency')}
        data-testid="link-agency"
      />
      <SelectField
        label={w.from}
        value={value('person')}
        options={[
          { value: '', label: w.family },
          ...persons.map(p => ({ value: p.id, label: personLabel(persons, p.id) })),
        ]}
        onValue={set('person')}
        data-testid="link-person"
      />
      <SelectField
        label={w.kind}
        value={value('kind') || 'plain'}
        options={w.kinds.map(([value, label]) => ({ value, label }))}
        onValue={set('kind')}
        data-testid="link-kind"
      />
      <SelectField
        label={w.flow}
        value={value('flow')}
        options={w.flows.map(([value, label]) => ({ value, label }))}
        onValue={set('flow')}
        data-testid="link-flow"
      />
    </RowDialog>
  )
}
