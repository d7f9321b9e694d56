import { words } from '../../words'
import { RowSelect } from '../plan/RowSelect'
import { MinutesRow } from './MinutesRow'
import type { MinutesRowProps } from './MinutesRowProps'

/** 発言要旨 of one agency. */
export function SpeechRow(props: MinutesRowProps) {
  const { row, room, at } = props
  const name = `${words.meeting.speech}${at + 1}`
  return (
    <MinutesRow {...props} kind="speech" name={name}>
      <RowSelect
        row={row}
        field={`speech/${row.id}/agency`}
        label={`${name}：${words.meeting.agency}`}
        empty={words.meeting.agency}
        options={room.seats.map(s => ({ value: s.agencyId, label: s.name }))}
      />
    </MinutesRow>
  )
}
