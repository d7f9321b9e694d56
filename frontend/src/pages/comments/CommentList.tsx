import type { Comment } from '../../api/during'
import { showTime } from '../../dates/showTime'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  list: readonly Comment[]
  /** Name of a column of the matrix. */
  columnName: (id: string) => string
  /** May decide what becomes of them. */
  desk: boolean
  may: boolean
  busy: boolean
  onState: (id: string, state: Comment['state']) => void
}

/** Comments with what the reader may do about each. */
export function CommentList({ list, columnName, desk, may, busy, onState }: Props) {
  const w = words.comments
  return (
    <ul className="list">
      {list.map(c => (
        <li key={c.id} className="stack-s" data-testid="comment" data-state={c.state}>
          <div>
            <span className="row">
              <Chip>{w.kinds[c.spot.kind] ?? w.title}</Chip>
              {c.spot.column ? <Chip>{w.cell(columnName(c.spot.column))}</Chip> : null}
              {c.state ? <Chip tone={c.state === 'settled' ? 'good' : 'plain'}>{w.states[c.state]}</Chip> : null}
              <span className="soft">
                <bdi>{w.by(c.agencyName, c.by)}</bdi> {showTime(c.at)}
              </span>
            </span>
            <p className="comment-text">{c.withheld ? <em>{w.withheld}</em> : <bdi>{c.text}</bdi>}</p>
            {c.reason ? <p className="soft">{c.reason}</p> : null}
          </div>
          {may && !c.withheld ? <Tools comment={c} desk={desk} busy={busy} onState={onState} /> : null}
        </li>
      ))}
    </ul>
  )
}

interface ToolProps {
  comment: Comment
  desk: boolean
  busy: boolean
  onState: (id: string, state: Comment['state']) => void
}

function Tools({ comment: c, desk, busy, onState }: ToolProps) {
  const w = words.comments
  const button = (label: string, state: Comment['state'], testid: string) => (
    <Button
      small
      busy={busy}
      aria-label={`${label}：${c.text}`}
      onClick={() => onState(c.id, state)}
      data-testid={`comment-${testid}`}
    >
      {label}
    </Button>
  )
  if (c.state === 'point' || c.state === 'withdrawn') return null
  return (
    <span className="row">
      {desk ? button(w.point, 'point', 'point') : null}
      {desk && !c.state ? button(w.settle, 'settled', 'settle') : null}
      {desk && c.state ? button(w.reopen, '', 'reopen') : null}
      {c.mine && !c.state ? button(w.withdraw, 'withdrawn', 'withdraw') : null}
    </span>
  )
}
