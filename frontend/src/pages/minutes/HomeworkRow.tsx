import { words } from '../../words'
import { RowDate } from '../plan/RowDate'
import { RowSelect } from '../plan/RowSelect'
import { SharedValueInput } from '../plan/SharedValueInput'
import { MinutesRow } from './MinutesRow'
import type { MinutesRowProps } from './MinutesRowProps'

/** 宿題: which agency, who, what, until when. */
export function HomeworkRow(props: MinutesRowProps) {
  const { row, room, at, meetingDay } = props
  const w = words.meeting
  const name = `${w.homework}${at + 1}`
  return (
    <MinutesRow {...props} kind="homework" name={name}>
      <RowSelect
        row={row}
        field={`homework/${row.id}/agency`}
        label={`${name}：${w.agency}`}
        empty={w.agency}
        options={room.seats.map(s => ({ value: s.agencyId, label: s.name }))}
      />
      <SharedValueInput row={row} field={`homework/${row.id}/who`} label={w.homeworkWho} />
      <RowDate
        row={row}
        field={`homework/${row.id}/due`}
        label={w.homeworkDue}
        notBefore={meetingDay}
        testid={`homework-${at + 1}-due`}
      />
    </MinutesRow>
  )
}
