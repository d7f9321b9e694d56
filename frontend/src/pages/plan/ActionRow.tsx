import { words } from '../../words'
import { CommentMark } from '../comments/CommentMark'
import { linkOptions } from './linkOptions'
import { mayWrite } from './mayWrite'
import { PlaceChip } from './PlaceChip'
import type { PlanRow } from './PlanRow'
import type { RowProps } from './RowProps'
import { RowSelect } from './RowSelect'
import { RowText } from './RowText'
import { RowTools } from './RowTools'

interface Props extends RowProps {
  goals: readonly PlanRow[]
  needs: readonly PlanRow[]
}

/** 支援項目: a row of the role matrix. */
export function ActionRow({ plan, rows, row, at, added, onRemoved, goals, needs }: Props) {
  const w = words.plan
  const name = w.action(at + 1)
  return (
    <li className="plan-row" data-testid={`action-${at + 1}`}>
      <strong className="plan-no">{at + 1}</strong>
      <RowText row={row} kind="action" label={name} autoFocus={added === row.id} testid={`action-${at + 1}-text`} />
      <div className="plan-side">
        <div className="plan-head">
          <PlaceChip entry={row.entry.ref} persons={plan.persons} />
          <CommentMark entry={row.entry.ref} kind="action" row={row.id} place={name} />
          {mayWrite(row.entry) ? (
            <RowTools kind="action" rows={rows} at={at} name={name} onRemoved={onRemoved} />
          ) : null}
        </div>
        <RowSelect
          row={row}
          field={`action/${row.id}/need`}
          label={`${name}：${w.ofNeed}`}
          empty={w.ofNeed}
          options={linkOptions(needs, 'need', w.need)}
        />
        <RowSelect
          row={row}
          field={`action/${row.id}/goal`}
          label={`${name}：${w.ofGoal}`}
          empty={w.ofGoal}
          options={linkOptions(goals, 'goal', w.goal)}
        />
      </div>
    </li>
  )
}
