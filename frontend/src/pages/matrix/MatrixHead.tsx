import type { Column, PlanWarning } from '../../api/plan'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import type { Cell } from './Cell'

interface Props {
  columns: readonly Column[]
  cells: readonly (readonly Cell[])[]
  ownAgency: string
  warnings: readonly PlanWarning[]
}

/** Column heads with what each agency carries: the number of ◎ shows who carries all. */
export function MatrixHead({ columns, cells, ownAgency, warnings }: Props) {
  const w = words.matrix
  return (
    <thead>
      <tr>
        <th scope="col" className="matrix-corner">
          {w.action}
        </th>
        {columns.map((c, j) => {
          const codes = cells.map(row => row[j]?.code ?? '')
          const leads = codes.filter(x => x === 'lead').length
          const roles = codes.filter(x => ['lead', 'main', 'assist', 'watch'].includes(x)).length
          return (
            <th key={c.id} scope="col" data-own={c.id === ownAgency || undefined} title={c.name}>
              <span>{c.short || c.name}</span>
              <span className="matrix-load">
                {leads ? w.leads(leads) : ''} {roles ? w.roles(roles) : ''}
              </span>
              {warnings.some(x => x.code === 'overload' && x.column === c.id) ? (
                <Chip tone="warn">{w.overload}</Chip>
              ) : null}
              {c.present === false ? <Chip tone="warn">{w.absent}</Chip> : null}
            </th>
          )
        })}
        <th scope="col">{w.warning}</th>
      </tr>
    </thead>
  )
}
