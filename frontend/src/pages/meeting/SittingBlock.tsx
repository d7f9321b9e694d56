import type { MeetingRef } from '../../api/meeting'
import { showInstant } from '../../dates/showInstant'
import { words } from '../../words'
import { MeetingLine } from './MeetingLine'

interface Props {
  meetings: readonly MeetingRef[]
}

/** A 開催 in the list: what its cases have in common once, the cases under it in their order. */
export function SittingBlock({ meetings }: Props) {
  const w = words.sitting
  const first = meetings[0]
  if (!first) return null
  return (
    <li className="sitting-block" data-testid="sitting-block">
      <p className="row">
        <strong>{w.block(meetings.length)}</strong>
        <span>{first.title}</span>
        <span className="soft">
          {showInstant(first.plannedStart, 'wareki')}
          {first.place ? `　${first.place}` : ''}
        </span>
      </p>
      <ol className="list">
        {meetings.map((m, i) => (
          <MeetingLine key={m.id} meeting={m} n={i + 1} />
        ))}
      </ol>
    </li>
  )
}
