import { Link } from 'wouter'
import type { Emergency } from '../../api/cases'
import { useCodes } from '../../app/useCodes'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  emergency: Emergency
}

/** One line of 緊急開示の月次一覧. */
export function EmergencyMonthRow({ emergency: e }: Props) {
  const items = useCodes('item')
  const w = words.guard
  return (
    <tr data-testid="emergency-row">
      <td>{showInstant(e.at, 'short')}</td>
      <th scope="row">{e.caseId ? <Link href={`/cases/${e.caseId}`}>{e.number}</Link> : e.number}</th>
      <td>{e.agency}</td>
      <td>
        {w.people(e.count)}：{e.items.map(i => items.find(x => x.code === i)?.label ?? i).join('、')}
      </td>
      <td>
        {e.basisLabel}
        {e.reason ? <div className="soft">{e.reason}</div> : null}
      </td>
      <td>{e.byName}</td>
      <td>
        {e.confirmedAt ? (
          <>
            {e.confirmedName}
            <div className="soft">{showInstant(e.confirmedAt, 'short')}</div>
          </>
        ) : (
          <Chip tone={e.lapsed ? 'bad' : 'warn'}>{e.lapsed ? w.lapsed : w.unconfirmed}</Chip>
        )}
      </td>
      <td>
        {e.live ? <Chip tone="warn">{w.live(showInstant(e.ends, 'short'))}</Chip> : showInstant(e.ends, 'short')}
        {e.endedAt && !e.lapsed ? <div className="soft">{w.takenBack}</div> : null}
      </td>
    </tr>
  )
}
