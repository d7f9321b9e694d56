import type { Seen } from '../../api/audit'
import { showInstant } from '../../dates/showInstant'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { LineTable } from './LineTable'
import { More } from './More'

interface Props {
  seen: Seen
  busy: boolean
  onMore: () => void
}

/** Who looked: by agency, then entry by entry. */
export function SeenView({ seen, busy, onMore }: Props) {
  const w = words.audit
  return (
    <div className="stack" data-testid="seen">
      {seen.agencies.length ? (
        <Table caption={w.viewers} head={[w.agency, w.actor, w.times, w.first, w.last]} data-testid="seen-viewers">
          {seen.agencies.map(v => (
            <tr key={`${v.agency}/${v.actorId}`}>
              <th scope="row">{v.agency}</th>
              <td>
                {v.actor} {v.post ? <span className="soft">{v.post}</span> : null}
              </td>
              <td className="num">{v.times}</td>
              <td className="nowrap">{showInstant(v.first, 'short')}</td>
              <td className="nowrap">{showInstant(v.last, 'short')}</td>
            </tr>
          ))}
        </Table>
      ) : (
        <p>{w.none}</p>
      )}
      {seen.lines.length ? <LineTable caption={w.details} lines={seen.lines} /> : null}
      <More shown={seen.lines.length} next={seen.next} busy={busy} onMore={onMore} />
    </div>
  )
}
