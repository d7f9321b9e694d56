import type { LateFollowup } from '../../api/course'
import { showDate } from '../../dates/showDate'
import { words } from '../../words'
import { OverdueDays } from './OverdueDays'

/** フォローアップ whose day is over. */
export function OverdueFollowups() {
  const w = words.course
  return (
    <OverdueDays<LateFollowup>
      of="followups"
      title={w.overdueFollowups}
      head={w.overdueFollowupHeads}
      cells={l => (
        <>
          <td>{l.agencyName}</td>
          <td className="num nowrap">{showDate(l.dueOn, 'wareki')}</td>
        </>
      )}
    />
  )
}
