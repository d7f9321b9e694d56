import type { Choice, RecordCopy } from '../../api/copies'
import { showInstant } from '../../dates/showInstant'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** The copies that were made of a record. */
export function CopyList({ copies, looks }: { copies: RecordCopy[]; looks: Choice[] }) {
  const w = words.copies
  if (!copies.length) {
    return (
      <section className="stack">
        <h2>{w.list}</h2>
        <p className="soft">{w.none}</p>
      </section>
    )
  }
  return (
    <Table
      caption={w.list}
      head={[w.n, w.kind, w.forWhom, w.purpose, w.at, w.by, words.archive.pages]}
      data-testid="copy-list"
    >
      {copies.map(c => (
        <tr key={c.n}>
          <th scope="row" className="num">
            {c.n}
          </th>
          <td className="nowrap">{c.kindLabel}</td>
          <td>
            {[c.agencyName, c.person, looks.find(l => l.id === c.look)?.label].filter(Boolean).join('　') || '－'}
          </td>
          <td>
            {c.purpose}
            <div className="mono soft">
              {w.hash} {c.sha256.slice(0, 16)}…
            </div>
          </td>
          <td className="nowrap">{showInstant(c.at, 'short')}</td>
          <td>{c.byName}</td>
          <td className="num">{c.pages}</td>
        </tr>
      ))}
    </Table>
  )
}
