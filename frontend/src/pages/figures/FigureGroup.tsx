import type { FigureGroupData } from '../../api/figures'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { FigureCell } from './FigureCell'
import { FigureReach } from './FigureReach'

interface Props {
  group: FigureGroupData
  months: string[]
  year: number
}

/** A part of the 集計: its lines over the months, and beside them what they are to reach. */
export function FigureGroup({ group, months, year }: Props) {
  const w = words.figures
  const aimed = group.figures.some(f => f.target !== undefined)
  return (
    <div className="figure-group" data-aimed={aimed || undefined}>
      <Table caption={group.title} head={[w.item, w.unit, ...months, w.total, ...(aimed ? [w.aimed, w.reached] : [])]}>
        {group.figures.map(f => (
          <tr key={f.id} data-testid={`figure-${f.id}`}>
            <th scope="row">
              <details>
                <summary>
                  {f.label}
                  {f.reported ? (
                    <>
                      {' '}
                      <span role="img" aria-label={w.starMeans} title={w.starMeans}>
                        {w.star}
                      </span>
                    </>
                  ) : null}
                </summary>
                <p className="soft">{f.definition}</p>
              </details>
            </th>
            <td className="figure-unit">{f.unit}</td>
            {f.months.map((v, i) => (
              <td key={months[i]} className="figure-value">
                <FigureCell figure={f} year={year} value={v} month={i} when={months[i] ?? ''} />
              </td>
            ))}
            <td className="figure-value figure-year">
              <FigureCell figure={f} year={year} value={f.year} when={w.total} />
            </td>
            {aimed ? (
              <>
                <td className="figure-value" data-testid={`target-of-${f.id}`}>
                  {f.target ?? w.blank}
                </td>
                <td className="figure-value">
                  <FigureReach figure={f} />
                </td>
              </>
            ) : null}
          </tr>
        ))}
      </Table>
    </div>
  )
}
