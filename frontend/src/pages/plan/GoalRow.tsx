import { words } from '../../words'
import { CommentMark } from '../comments/CommentMark'
import { linkOptions } from './linkOptions'
import { mayWrite } from './mayWrite'
import { PlaceChip } from './PlaceChip'
import type { PlanRow } from './PlanRow'
import { RowDate } from './RowDate'
import type { RowProps } from './RowProps'
import { RowSelect } from './RowSelect'
import { RowText } from './RowText'
import { RowTools } from './RowTools'

interface Props extends RowProps {
  needs: readonly PlanRow[]
}

/** 目標, long or short, of a 課題. */
export function GoalRow({ plan, rows, row, at, added, onRemoved, needs }: Props) {
  const w = words.plan
  const name = w.goal(at + 1)
  return (
    <li className="plan-row" data-testid={`goal-${at + 1}`}>
      <strong className="plan-no">{at + 1}</strong>
      <RowText row={row} kind="goal" label={name} autoFocus={added === row.id} testid={`goal-${at + 1}-text`} />
      <div className="plan-side">
        <div className="plan-head">
          <PlaceChip entry={row.entry.ref} persons={plan.persons} />
          <CommentMark entry={row.entry.ref} kind="goal" row={row.id} place={name} />
          {mayWrite(row.entry) ? <RowTools kind="goal" rows={rows} at={at} name={name} onRemoved={onRemoved} /> : null}
        </div>
        <RowSelect
          row={row}
          field={`goal/${row.id}/kind`}
          label={`${name}：${w.goalKind}`}
          empty={w.goalKind}
          options={w.kinds}
          narrow
        />
        <RowSelect
          row={row}
          field={`goal/${row.id}/need`}
          label={`${name}：${w.ofNeed}`}
          empty={w.ofNeed}
          options={linkOptions(needs, 'need', w.need)}
        />
        <RowDate
          row={row}
          field={`goal/${row.id}/due`}
          label={w.due}
          notBefore={plan.meetingDay}
          testid={`goal-${at + 1}-due`}
        />
      </div>
    </li>
  )
}
