import type { Option } from '../../parts/Option'
import { mayWrite } from './mayWrite'
import type { PlanRow } from './PlanRow'

interface Props {
  row: PlanRow
  field: string
  label: string
  empty: string
  options: readonly Option[]
  /** For short words. */
  narrow?: boolean
  testid?: string
}

/** A choice kept under one key of the row's document. */
export function RowSelect({ row, field, label, empty, options, narrow, testid }: Props) {
  const value = String(row.doc.values.get(field) ?? '')
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      disabled={!mayWrite(row.entry)}
      data-narrow={narrow || undefined}
      data-testid={testid}
      onChange={e => row.doc.values.set({ [field]: e.currentTarget.value })}
    >
      <option value="">{empty}</option>
      {value && !options.some(o => o.value === value) ? <option value={value}>{value}</option> : null}
      {options.map(o => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  )
}
