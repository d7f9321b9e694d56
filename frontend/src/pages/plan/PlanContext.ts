import type { Person } from '../../api/cases'
import type { PlanView } from '../../api/plan'
import type { DocEntry } from '../../live/useSlots'

/** What every part of the plan needs: the server's view, the open documents, the household. */
export interface PlanContext {
  view: PlanView
  entries: readonly DocEntry[]
  persons: readonly Person[]
  /** Day of the meeting (ISO), '' outside of one: a term before it is warned of. */
  meetingDay: string
  reload: () => Promise<void>
}
