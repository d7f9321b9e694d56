import { Link } from 'wouter'
import type { DayVisit } from '../../api/outreach'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { LastContact } from './LastContact'
import { SafetyBox } from './SafetyBox'

interface Props {
  visit: DayVisit
  /** Place in the list; 0 for what is overdue and has none. */
  at: number
  last: boolean
  onWrite: (v: DayVisit) => void
  onMove?: (v: DayVisit, by: number) => void
}

/** One visit of the list of a day. What to know before going comes first. */
export function DayRow({ visit: v, at, last, onWrite, onMove }: Props) {
  const w = words.outreach
  const done = v.state === 'done'
  return (
    <li className="day-row" data-done={done || undefined} data-testid={`day-${v.id}`}>
      <SafetyBox safety={v.safety} short />
      <div className="row">
        {at ? <span className="day-at">{at}</span> : <strong>{showDate(v.day, 'short')}</strong>}
        <strong className="day-clock">{v.clock || w.noClock}</strong>
        <Link href={`/cases/${v.caseId}/outreach`}>{v.caseNumber}</Link>
        <span>{v.who}</span>
        <span className="soft">{v.worker ? w.worker(v.worker) : w.anybody}</span>
        {v.daysLate ? <Chip tone="bad">{w.late(v.daysLate)}</Chip> : null}
        {done ? <Chip tone="good">{w.done}</Chip> : null}
      </div>
      <p>
        <span className="soft">{w.address}　</span>
        {v.address ? (
          <>
            <span className={v.addressSecret ? 'no-print' : ''}>{v.address}</span>
            {v.addressSecret ? (
              <>
                {' '}
                <Chip tone="bad">{w.addressSecret}</Chip>
                <span className="print-only">{w.addressPrint}</span>
              </>
            ) : null}
          </>
        ) : (
          <span className="soft">{v.addressWhy || w.addressNone}</span>
        )}
      </p>
      <p>
        <span className="soft">{w.last}　</span>
        <LastContact last={v.last} />
      </p>
      <p className="print-only day-line" />
      <div className="row">
        {done ? null : (
          <Button kind="solid" onClick={() => onWrite(v)} aria-label={w.writeOf(v.caseNumber)} data-testid="day-write">
            {w.write}
          </Button>
        )}
        {onMove ? (
          <>
            <Button
              why={at === 1 ? w.upOf(v.caseNumber) : undefined}
              onClick={() => onMove(v, -1)}
              aria-label={w.upOf(v.caseNumber)}
              data-testid="day-up"
            >
              {w.up}
            </Button>
            <Button
              why={last ? w.downOf(v.caseNumber) : undefined}
              onClick={() => onMove(v, 1)}
              aria-label={w.downOf(v.caseNumber)}
              data-testid="day-down"
            >
              {w.down}
            </Button>
          </>
        ) : null}
      </div>
    </li>
  )
}
