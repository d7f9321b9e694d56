import type { Person } from '../../api/cases'
import type { ConsentPerson, Explained } from '../../api/consent'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { consentTone } from '../cases/consentTone'
import { personLabel } from '../cases/personLabel'

interface Props {
  people: readonly ConsentPerson[]
  persons: readonly Person[]
}

/** 同意の進捗: to whom it was explained, when, by whom and how, and where it stands, for everybody of the household. */
export function BoardTable({ people, persons }: Props) {
  const w = words.consent
  return (
    <Table caption={w.board} head={w.boardHeads} data-testid="consent-board">
      {people.map(p => {
        const said = p.explained ?? []
        return (
          <tr key={p.personId} data-testid={`board-${p.personId}`}>
            <th scope="row">
              {personLabel(persons, p.personId)}
              {p.minor ? <span className="soft"> {w.minor}</span> : null}
            </th>
            <td>
              <Chip tone={consentTone(p.state)}>{p.stateLabel}</Chip>
            </td>
            <td>
              {said.length ? (
                <ol className="list">
                  {said.map(x => (
                    <li key={x.recordId}>{explainedLine(x)}</li>
                  ))}
                </ol>
              ) : (
                <span className="soft">{w.neverExplained}</span>
              )}
            </td>
            <td>{p.until && p.from ? w.validUntil(lastDay(p.until)) : ''}</td>
          </tr>
        )
      })}
    </Table>
  )
}

/** 令和8年6月10日 14:00　井上 拓也　訪問・ふりがな　→ 説明済・保留 */
function explainedLine(x: Explained): string {
  const how = [x.way, ...(x.care ?? [])].filter(Boolean).join('・')
  const when = x.at ? showInstant(x.at, 'wareki') : ''
  return [when, x.by, how, `→ ${x.stateLabel}（${x.number}）`].filter(Boolean).join('　')
}

function lastDay(until: string): string {
  return showInstant(Date.parse(until) - 1, 'wareki').split('（')[0] ?? ''
}
