import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { PlaceChip } from '../plan/PlaceChip'
import type { PlanRow } from '../plan/PlanRow'
import { agencyOptions } from './agencyOptions'
import { MomentField } from './MomentField'
import { RowDialog } from './RowDialog'
import type { Household } from './useHousehold'

interface Props {
  household: Household
  row: PlanRow
  onClose: () => void
  onRemoved: () => void
}

/** One event of the 家族年表. */
export function EventDialog({ household, row, onClose, onRemoved }: Props) {
  const w = words.household.chronicle
  const at = (name: string) => `event/${row.id}/${name}`
  const value = (name: string) => String(row.doc.values.get(at(name)) ?? '')
  const set = (name: string) => (v: string) => row.doc.values.set({ [at(name)]: v })
  return (
    <RowDialog
      title={w.dialog}
      kind="event"
      row={row}
      text={{ label: w.text, rows: 3, limit: 300 }}
      onClose={onClose}
      onRemoved={onRemoved}
    >
      <MomentField label={w.when} value={value('when')} onValue={set('when')} data-testid="event-when" />
      <SelectField
        label={w.source}
        value={value('agency')}
        options={agencyOptions(household, value('agency'), words.household.choose)}
        onValue={set('agency')}
        data-testid="event-agency"
      />
      <p>
        <PlaceChip entry={row.entry.ref} persons={household.page.persons} />
      </p>
    </RowDialog>
  )
}
