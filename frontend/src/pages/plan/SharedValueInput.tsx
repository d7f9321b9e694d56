import { TextField } from '../../parts/TextField'
import { ValueField } from '../../parts/ValueField'
import { mayWrite } from './mayWrite'
import type { PlanRow } from './PlanRow'

interface Props {
  row: PlanRow
  field: string
  label: string
}

/** A one-line value kept under one key of the row's document. */
export function SharedValueInput({ row, field, label }: Props) {
  return (
    <ValueField value={String(row.doc.values.get(field) ?? '')} onValue={v => row.doc.values.set({ [field]: v })}>
      {(value, onValue, settle) => (
        <TextField label={label} value={value} onValue={onValue} onBlur={settle} readOnly={!mayWrite(row.entry)} />
      )}
    </ValueField>
  )
}
