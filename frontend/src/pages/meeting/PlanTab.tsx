import { PageState } from '../../app/PageState'
import { CommentsPart } from '../comments/CommentsPart'
import { RoleMatrix } from '../matrix/RoleMatrix'
import { PlanBody } from '../plan/PlanBody'
import { usePlan } from '../plan/usePlan'
import { WarningList } from '../plan/WarningList'
import { WithheldChips } from '../plan/WithheldChips'
import { findAct } from './findAct'
import { HandoverCard } from './HandoverCard'
import type { RoomProps } from './RoomProps'
import { RowReasons } from './RowReasons'

interface Props extends RoomProps {
  part: 'plan' | 'matrix'
  meetingDay: string
  rings: number
}

/** Plan and matrix inside the room: the same parts, read and answered in the meeting's context. */
export function PlanTab({ room, act, part, meetingDay, rings }: Props) {
  const { plan, error, reload } = usePlan(room.planId, room.meeting.id, meetingDay, rings)
  const role = findAct(room, 'role')
  if (!plan) return <PageState error={error} reload={reload} />
  const common = {
    plan,
    answerWhy: role?.allowed ? '' : (role?.why ?? ''),
    onAnswer: async (body: object) => {
      await act('role', body)
      await reload()
    },
  }
  const columns = plan.view.columns.map(c => ({ value: c.id, label: c.name }))
  if (part === 'plan')
    return (
      <CommentsPart room={room} act={act} columns={columns}>
        <PlanBody {...common} without="matrix" />
      </CommentsPart>
    )
  return (
    <CommentsPart room={room} act={act} columns={columns}>
      <div className="stack">
        <WithheldChips view={plan.view} />
        <RoleMatrix {...common} objections={(room.objections ?? []).filter(o => o.spot && !o.doneAt)} />
        <HandoverCard room={room} act={act} plan={plan} />
        <RowReasons room={room} act={act} warnings={plan.view.warnings} reload={reload} />
        <WarningList warnings={plan.view.warnings} />
      </div>
    </CommentsPart>
  )
}
