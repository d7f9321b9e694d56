import type { DateBoard } from '../../api/dates'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { showSpan } from './showSpan'

interface Props {
  board: DateBoard
  busy: boolean
  onFix: (option: string) => void
  onRenew: (agencyId: string) => void
}

/** The overview: a row for each candidate, a column for each agency. */
export function PollGrid({ board, busy, onFix, onRenew }: Props) {
  const w = words.datePoll
  return (
    <div className="table-wrap">
      <table className="table poll-grid" data-testid="poll-table">
        <thead>
          <tr>
            <th scope="col">{w.options}</th>
            {board.agencies.map(a => (
              <th key={a.agencyId} scope="col">
                {a.name} {a.must ? <Chip tone="key">{w.mustMark}</Chip> : null}
                <div className="soft poll-said">
                  {a.at ? w.answered(showInstant(a.at, 'short')) : a.asked ? w.noAnswer : w.notAsked}
                </div>
                {a.asked && !board.fixed ? (
                  <Button
                    small
                    kind="text"
                    busy={busy}
                    aria-label={w.renewOf(a.name)}
                    onClick={() => onRenew(a.agencyId)}
                    data-testid={`poll-renew-${a.agencyId}`}
                  >
                    {w.renew}
                  </Button>
                ) : null}
              </th>
            ))}
            <th scope="col">{w.sum}</th>
            <th scope="col" aria-label={w.fix} />
          </tr>
        </thead>
        <tbody>
          {board.lines.map((l, i) => (
            <tr key={l.id} data-testid={`poll-line-${i + 1}`} data-best={l.id === board.best || undefined}>
              <th scope="row">
                {showSpan(l.start, l.end)}{' '}
                {l.id === board.fixed ? (
                  <Chip tone="good">{w.fixed}</Chip>
                ) : l.id === board.best && !board.fixed ? (
                  <Chip tone="key">{w.best}</Chip>
                ) : null}
              </th>
              {board.agencies.map(a => {
                const said = l.answers[a.agencyId]
                return (
                  <td key={a.agencyId} className="poll-cell" data-said={said}>
                    {said ? (
                      <>
                        <span aria-hidden="true">{w.answers[said]}</span>
                        <span className="sr-only">{w.answerNames[said]}</span>
                      </>
                    ) : (
                      <span className="soft">{w.noAnswer}</span>
                    )}
                  </td>
                )
              })}
              <td>{w.sumOf(l.good, l.fair, l.no)}</td>
              <td>
                {board.fixed ? null : (
                  <Button
                    small
                    kind={l.id === board.best ? 'solid' : 'outline'}
                    busy={busy}
                    aria-label={w.fixOf(showSpan(l.start, l.end))}
                    onClick={() => onFix(l.id)}
                    data-testid={`poll-fix-${i + 1}`}
                  >
                    {w.fix}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
