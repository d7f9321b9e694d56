import { showDate } from '../../dates/showDate'
import { DateField } from '../../parts/DateField'
import { words } from '../../words'
import { mayWrite } from './mayWrite'
import type { PlanRow } from './PlanRow'

interface Props {
  row: PlanRow
  field: string
  label: string
  /** A day before this one is warned of. */
  notBefore: string
  testid?: string
}

/** A day kept under one key of the row's document. */
export function RowDate({ row, field, label, notBefore, testid }: Props) {
  const value = String(row.doc.values.get(field) ?? '')
  const early = value && notBefore && value < notBefore
  return (
    <DateField
      label={label}
      value={value}
      readOnly={!mayWrite(row.entry)}
      onValue={v => row.doc.values.set({ [field]: v })}
      warning={early ? words.date.beforeMeeting(showDate(notBefore, 'wareki')) : undefined}
      {...(testid ? { 'data-testid': testid } : {})}
    />
  )
}
