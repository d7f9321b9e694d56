import { Link } from 'wouter'
import type { Share } from '../../api/figures'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** A distribution, with a bar for each of its rows: the number stands beside it, the bar is for the eye. */
export function ShareTable({ share, year }: { share: Share; year: number }) {
  const w = words.figures
  const most = Math.max(1, ...share.rows.map(r => r.count))
  const still = share.rows.some(r => r.stuck !== undefined)
  return (
    <section className="stack-s">
      <Table
        caption={`${share.reported ? '★' : ''}${w.share(share.title)}`}
        head={[w.label, `${w.count}（${share.unit}）`, ...(still ? [w.stuck] : [])]}
        data-testid={`share-${share.id}`}
      >
        {share.rows.map(r => (
          <tr key={r.label}>
            <th scope="row">{r.label}</th>
            <td>
              <span className="figure-bar">
                <span className="figure-count">
                  {share.drill && r.count ? (
                    <Link
                      href={`/figures/cases?year=${year}&figure=${share.id}&row=${encodeURIComponent(r.label)}`}
                      aria-label={w.behind(share.title, r.label, r.count)}
                    >
                      {r.count}
                    </Link>
                  ) : (
                    r.count
                  )}
                </span>
                <meter aria-hidden="true" min={0} max={most} value={r.count} />
              </span>
            </td>
            {still ? <td className="figure-value">{r.stuck ?? w.blank}</td> : null}
          </tr>
        ))}
        <tr>
          <th scope="row">{w.sum}</th>
          <td className="figure-year">{share.total}</td>
          {still ? <td /> : null}
        </tr>
      </Table>
      <p className="soft">{share.definition}</p>
    </section>
  )
}
