import type { DocRef, Person } from '../../api/cases'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import type { Place } from './useRowAdder'

interface Props {
  persons: readonly Person[]
  refs: readonly DocRef[]
  /** May documents for further items be made? */
  ensure: boolean
  value: Place
  onValue: (place: Place) => void
}

/** 対象者 and 情報の項目 of what is added next. Items that may not be written are not offered. */
export function PlacePicker({ persons, refs, ensure, value, onValue }: Props) {
  const w = words.plan
  const blocked = (item: string) => {
    const ref = refs.find(r => r.personId === value.personId && r.item === item)
    return ref ? !ref.read || !ref.write : !ensure
  }
  return (
    <div className="toolbar place-picker">
      <SelectField
        label={w.person}
        value={value.personId}
        options={[
          { value: '', label: w.household },
          ...persons.map(p => ({ value: p.id, label: personLabel(persons, p.id) })),
        ]}
        onValue={personId => onValue({ ...value, personId })}
        data-testid="place-person"
      />
      <SelectField
        label={w.item}
        value={value.item}
        options={w.items.map(([code, label]) => ({
          value: code,
          label: blocked(code) ? `${label}（${words.consent.outside}）` : label,
          disabled: blocked(code),
        }))}
        onValue={item => onValue({ ...value, item })}
        data-testid="place-item"
      />
      <p className="soft">{w.itemHint}</p>
    </div>
  )
}
