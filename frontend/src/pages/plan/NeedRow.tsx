import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { CommentMark } from '../comments/CommentMark'
import { mayWrite } from './mayWrite'
import { PlaceChip } from './PlaceChip'
import type { RowProps } from './RowProps'
import { RowSelect } from './RowSelect'
import { RowText } from './RowText'
import { RowTools } from './RowTools'

/** 課題. */
export function NeedRow({ plan, rows, row, at, added, onRemoved }: RowProps) {
  const w = words.plan
  const name = w.need(at + 1)
  return (
    <li className="plan-row" data-testid={`need-${at + 1}`}>
      <strong className="plan-no">{at + 1}</strong>
      <RowText row={row} kind="need" label={name} autoFocus={added === row.id} testid={`need-${at + 1}-text`} />
      <div className="plan-side">
        <div className="plan-head">
          <PlaceChip entry={row.entry.ref} persons={plan.persons} />
          <CommentMark entry={row.entry.ref} kind="need" row={row.id} place={name} />
          {mayWrite(row.entry) ? <RowTools kind="need" rows={rows} at={at} name={name} onRemoved={onRemoved} /> : null}
        </div>
        <RowSelect
          row={row}
          field={`need/${row.id}/code`}
          label={`${name}：${w.code}`}
          empty={w.code}
          options={w.codes.map(([value, label]) => ({ value, label: `${value} ${label}` }))}
        />
        <RowSelect
          row={row}
          field={`need/${row.id}/person`}
          label={`${name}：${w.person}`}
          empty={w.household}
          options={plan.persons.map(p => ({ value: p.id, label: personLabel(plan.persons, p.id) }))}
        />
        <RowSelect
          row={row}
          field={`need/${row.id}/priority`}
          label={`${name}：${w.priority}`}
          empty={w.priority}
          options={rows.map((_, i) => ({ value: String(i + 1), label: w.priorityOf(i + 1) }))}
          narrow
          testid={`need-${at + 1}-priority`}
        />
      </div>
    </li>
  )
}
