import type { Figure } from '../../api/figures'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  title: string
  figures: Figure[]
  months: string[]
}

/** A part of the 集計: its lines over the months. */
export function FigureGroup({ title, figures, months }: Props) {
  const w = words.figures
  return (
    <div className="figure-group">
      <Table caption={title} head={[w.item, w.unit, ...months, w.total]}>
        {figures.map(f => (
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
                {v ?? w.blank}
              </td>
            ))}
            <td className="figure-value figure-year">{f.year ?? w.blank}</td>
          </tr>
        ))}
      </Table>
    </div>
  )
}
