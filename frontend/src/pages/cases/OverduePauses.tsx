import type { PausedLine } from '../../api/course'
import { showDate } from '../../dates/showDate'
import { words } from '../../words'
import { OverdueDays } from './OverdueDays'

/** 中断 whose 再開予定日 is over. */
export function OverduePauses() {
  const w = words.course
  return (
    <OverdueDays<PausedLine>
      of="pauses"
      title={w.overdue}
      hint={w.overdueHint}
      head={w.overdueHeads}
      cells={l => (
        <>
          <td className="num nowrap">{showDate(l.since, 'wareki')}</td>
          <td className="num nowrap">{showDate(l.until, 'wareki')}</td>
        </>
      )}
    />
  )
}
