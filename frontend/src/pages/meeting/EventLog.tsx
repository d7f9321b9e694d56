import type { MeetingEvent } from '../../api/meeting'
import { showTime } from '../../dates/showTime'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  events: readonly MeetingEvent[]
}

/** 経過: everything that happened, newest first. */
export function EventLog({ events }: Props) {
  const w = words.meeting
  return (
    <Table caption={w.events} head={['', w.clock, w.event, w.agency, w.who]} data-testid="event-log">
      {[...events].reverse().map(e => (
        <tr key={e.seq}>
          <td className="num">{e.seq}</td>
          <td className="num">{showTime(e.at)}</td>
          <td>{e.text}</td>
          <td>{e.agency}</td>
          <td>{e.who}</td>
        </tr>
      ))}
    </Table>
  )
}
