import type { Figure, FigureTable, Programme } from '../../api/figures'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { FigureReach } from './FigureReach'

/** The months of a figure as bars, for the eye alone: the table below has the numbers. */
function Months({ figure }: { figure: Figure }) {
  const most = Math.max(1, ...figure.months.map(v => v ?? 0))
  return (
    <span className="figure-months" aria-hidden="true">
      {figure.months.map((v, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the months of a year never move
        <span key={i} style={{ blockSize: `${Math.max(v ? 8 : 2, ((v ?? 0) / most) * 100)}%` }} />
      ))}
    </span>
  )
}

/** The five 事業 side by side (一体的実施): of each what the state asks for and what has a target. */
export function ProgrammeTable({ table, only }: { table: FigureTable; only: Programme | '' }) {
  const w = words.figures
  const order = Object.keys(w.programmes) as Programme[]
  return (
    <Table
      caption={w.whole}
      head={[w.programme, w.item, w.monthly, w.total, w.unit, w.aimed, w.reached]}
      data-testid="programmes"
    >
      {order
        .filter(p => !only || p === only)
        .flatMap(p => {
          const figures = table.groups
            .filter(g => g.programme === p)
            .flatMap(g => g.figures.map(f => ({ ...f, of: g.title })))
            .filter(f => f.reported || f.target !== undefined)
          return figures.map((f, i) => (
            <tr key={f.id} data-testid={`programme-${f.id}`}>
              {i === 0 ? (
                <th scope="rowgroup" rowSpan={figures.length}>
                  {w.programmes[p]}
                </th>
              ) : null}
              <th scope="row">
                {f.label}
                {f.of === figures[i - 1]?.of ? null : <span className="figure-of">{f.of}</span>}
              </th>
              <td>
                <Months figure={f} />
              </td>
              <td className="figure-value figure-year">{f.year ?? w.blank}</td>
              <td className="figure-unit">{f.unit}</td>
              <td className="figure-value">{f.target ?? w.funnel.none}</td>
              <td className="figure-value">
                <FigureReach figure={f} />
              </td>
            </tr>
          ))
        })}
    </Table>
  )
}
